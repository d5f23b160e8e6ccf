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
 * A ledger as of its published checkpoint, read from its files, also while a gateway writes it. Everything that it
 * answers from has been recomputed and matches the signed root.
 */
public final class LedgerReader implements LedgerView {
    private final TileReader log;
    private final LedgerIndex index = new LedgerIndex();

    private LedgerReader(TileReader log) {
        this.log = log;
    }

    /**
     * Reads a ledger.
     *
     * @param folder the ledger's folder
     * @param key verifier key of the ledger
     * @throws dev.sluice.audit.LedgerException AUD-004 when files and root differ, AUD-007, AUD-014, AUD-011
     */
    public static LedgerReader open(Path folder, NoteVerifier key) {
        LedgerReader reader = new LedgerReader(TileReader.open(folder, List.of(key)));
        TreeCheck.TreeResult check = TreeCheck.run(
                reader.log, (leaf, entry) -> reader.index.add(leaf, EventCodec.read(leaf, entry)), List.of());
        if (!check.faults().isEmpty()) {
            TreeCheck.TileFault problem = check.faults().get(0);
            throw LedgerErrors.inconsistent(folder, problem.path() + ": " + problem.what());
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
