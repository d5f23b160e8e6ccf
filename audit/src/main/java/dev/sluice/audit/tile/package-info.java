/**
 * Stores byte entries in an append-only Merkle log of plain files and signs its head.
 *
 * <p>The layout is that of C2SP tlog-tiles with signed-note checkpoints (c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint,
 * c2sp.org/signed-note) over the Merkle tree of RFC 6962, so that tools of third parties can check a log.
 *
 * <p>In here: {@link dev.sluice.audit.tile.Hash} and {@link dev.sluice.audit.tile.Merkle} compute hashes,
 * {@link dev.sluice.audit.tile.Edge} keeps the right edge of the tree; {@link dev.sluice.audit.tile.TilePath} names the
 * files, {@link dev.sluice.audit.tile.Bundle} encodes their content, {@link dev.sluice.audit.tile.TileFiles} reads and
 * writes them; {@link dev.sluice.audit.tile.Checkpoint} is the head, {@link dev.sluice.audit.tile.SignedNote} the
 * signed text, {@link dev.sluice.audit.tile.NoteKey} signs, {@link dev.sluice.audit.tile.NoteVerifier} checks
 * signatures; {@link dev.sluice.audit.tile.TileLog} appends, {@link dev.sluice.audit.tile.TileReader} reads,
 * {@link dev.sluice.audit.tile.TreeCheck} recomputes everything, {@link dev.sluice.audit.tile.InclusionProof} shows one
 * entry to a third party.
 *
 * <p>May come in: what the three specifications describe, for example consistency proofs and witness signatures.
 * Nothing that knows what an entry means; that goes into {@code audit.event}.
 *
 * <p>May use: {@code audit}, {@code cdc.event}; Bouncy Castle, SLF4J.
 */
@NullMarked
package dev.sluice.audit.tile;

import org.jspecify.annotations.NullMarked;
