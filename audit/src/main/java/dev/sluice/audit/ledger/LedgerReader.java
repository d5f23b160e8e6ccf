package dev.sluice.audit.ledger;

import dev.sluice.audit.LedgerErrors;
import dev.sluice.audit.event.EventCodec;
import dev.sluice.audit.tile.InclusionProof;
import dev.sluice.audit.tile.NoteVerifier;
import dev.sluice.audit.tile.TileReader;
import dev.sluice.audit.tile.TreeCheck;
import dev.sluice.sinks.BatchId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a ledger under its published checkpoint, also while a gateway writes the ledger. Opening recomputes the whole
 * tree, so every answer comes from leaves that match the signed root. Safe for use by many threads.
 */
public final class LedgerReader implements LedgerView {
    private final TileReader log;
    private final LedgerIndex index = new LedgerIndex();

    private LedgerReader(TileReader log) {
        this.log = log;
    }

    /**
     * Opens a ledger for reading.
     *
     * @param folder the folder of the ledger
     * @param key verifier key of the ledger
     * @throws dev.sluice.audit.LedgerException AUD-001 when a file cannot be read, AUD-004 when files and root differ,
     *     AUD-007 or AUD-014 when the checkpoint is malformed or not signed by the key, AUD-011 or AUD-015 when a leaf
     *     is not an event
     */
    public static LedgerReader open(Path folder, NoteVerifier key) {
        LedgerReader reader = new LedgerReader(TileReader.open(folder, List.of(key)));
        TreeCheck.TreeResult check = TreeCheck.run(
                reader.log, (leaf, entry) -> reader.index.add(leaf, EventCodec.read(leaf, entry)), List.of());
        if (!check.faults().isEmpty()) {
            throw LedgerErrors.inconsistent(folder, check.faults().get(0).toString());
        }
        return reader;
    }

    @Override
    public long size() {
        return log.head().size();
    }

    @Override
    public String rootHex() {
        return log.head().root().hex();
    }

    @Override
    public byte[] entry(long leaf) {
        return log.entry(leaf);
    }

    @Override
    public Optional<Long> leafOf(BatchId batch) {
        return index.batch(batch);
    }

    @Override
    public List<Long> leavesOf(String planId) {
        return index.plan(planId);
    }

    @Override
    public InclusionProof proof(long leaf) {
        return log.proof(leaf);
    }
}
