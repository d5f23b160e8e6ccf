/**
 * An append-only log of byte entries as plain files, in the layout of C2SP tlog-tiles with signed-note checkpoints
 * (c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint, c2sp.org/signed-note) over an RFC 6962 Merkle tree, so that
 * third-party tools can check it.
 *
 * <p>In order: {@link dev.sluice.audit.tile.Hash} and {@link dev.sluice.audit.tile.Merkle} are the tree's arithmetic,
 * {@link dev.sluice.audit.tile.TilePath} and {@link dev.sluice.audit.tile.TileFiles} its files, {@link
 * dev.sluice.audit.tile.SignedNote}, {@link dev.sluice.audit.tile.NoteKey} and {@link
 * dev.sluice.audit.tile.Checkpoint} what is signed, {@link dev.sluice.audit.tile.TileLog} the writer, {@link
 * dev.sluice.audit.tile.TileReader} the reader, {@link dev.sluice.audit.tile.TreeCheck} recomputes everything, {@link
 * dev.sluice.audit.tile.InclusionProof} shows one entry to a third party.
 */
@NullMarked
package dev.sluice.audit.tile;

import org.jspecify.annotations.NullMarked;
