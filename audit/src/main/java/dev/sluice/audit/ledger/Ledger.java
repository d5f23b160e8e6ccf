package dev.sluice.audit.ledger;

import dev.sluice.audit.LedgerErrors;
import dev.sluice.audit.event.BatchContinued;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.EventCodec;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.audit.tile.InclusionProof;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.audit.tile.TileLog;
import dev.sluice.policy.decision.Plan;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of one gateway, for writing. What a method has returned for is durable and under a signed checkpoint.
 * After a {@link dev.sluice.audit.LedgerException} that is not AUD-008 or AUD-009 the ledger is closed, and the data
 * path must stop. Safe for use by many threads; one process at a time.
 */
public final class Ledger implements LedgerView, AutoCloseable {
    private final TileLog log;
    private final Clock clock;
    private final LedgerIndex index;

    private Ledger(TileLog log, Clock clock, LedgerIndex index) {
        this.log = log;
        this.clock = clock;
        this.index = index;
    }

    /**
     * Opens a ledger, or starts an empty one. Recomputes the whole tree and puts right what a crash left.
     *
     * @param folder the ledger's folder, {@code <home>/ledger}
     * @param key the signing key; its name is the origin of the ledger
     * @throws dev.sluice.audit.LedgerException AUD-002 when another process writes it, AUD-003 when it was rolled back,
     *     AUD-004 when it was changed, AUD-005, AUD-001, AUD-011
     */
    public static Ledger open(Path folder, NoteKey key) {
        return open(folder, key, Clock.systemUTC());
    }

    /** {@link #open(Path, NoteKey)} with the clock that dates the events. */
    public static Ledger open(Path folder, NoteKey key, Clock clock) {
        LedgerIndex index = new LedgerIndex();
        TileLog log = TileLog.open(folder, key, (leaf, entry) -> index.add(leaf, EventCodec.read(leaf, entry)));
        return new Ledger(log, clock, index);
    }

    /**
     * Records a batch. Recording it again with an equal receipt adds nothing and gives the same proof.
     *
     * @throws dev.sluice.audit.LedgerException AUD-009 when it is recorded with another content
     */
    public synchronized Audited record(Receipt receipt) {
        Optional<Audited> recorded = find(receipt.batch());
        if (recorded.isPresent()) {
            if (!recorded.get().receipt().equals(receipt)) {
                throw LedgerErrors.conflict(
                        receipt.batch().text(), recorded.get().leaf());
            }
            return recorded.get();
        }
        List<LedgerEvent> events = BatchRecorded.of(clock.instant(), receipt);
        return new Audited(appendAll(events) + events.size() - 1, receipt);
    }

    /** The proof for a batch that is recorded already, so that a replay of it need not be written again. */
    public synchronized Optional<Audited> find(BatchId batch) {
        return leafOf(batch).map(leaf -> new Audited(leaf, receiptAt(leaf)));
    }

    /**
     * Records that a plan came into force; a plan whose newest activation says the same is not recorded again.
     *
     * @return index of its last leaf
     */
    public synchronized long activate(Plan plan) {
        List<PolicyActivated> events = PolicyActivated.of(clock.instant(), plan);
        List<Long> leaves = leavesOf(plan.planId());
        if (!leaves.isEmpty()
                && plan(plan.planId()).stream()
                        .map(PolicyActivated::body)
                        .toList()
                        .equals(events.stream().map(PolicyActivated::body).toList())) {
            return leaves.get(leaves.size() - 1);
        }
        return appendAll(List.copyOf(events)) + events.size() - 1;
    }

    /**
     * Records another event.
     *
     * @return index of its leaf
     * @throws IllegalArgumentException for the events of a batch; {@link #record} writes them
     */
    public synchronized long append(LedgerEvent event) {
        if (event instanceof BatchRecorded || event instanceof BatchContinued) {
            throw new IllegalArgumentException("a batch is recorded from its receipt");
        }
        return appendAll(List.of(event));
    }

    private long appendAll(List<LedgerEvent> events) {
        long first = log.append(events.stream().map(LedgerEvent::canonical).toList());
        for (int i = 0; i < events.size(); i++) {
            index.add(first + i, events.get(i));
        }
        return first;
    }

    /** The signed checkpoint, for a witness or an auditor to keep. */
    public String checkpoint() {
        return log.reader().note();
    }

    @Override
    public long size() {
        return log.reader().head().size();
    }

    @Override
    public String rootHex() {
        return log.reader().head().root().hex();
    }

    @Override
    public byte[] entry(long leaf) {
        return log.reader().entry(leaf);
    }

    @Override
    public synchronized Optional<Long> leafOf(BatchId batch) {
        return index.batch(batch);
    }

    @Override
    public synchronized List<Long> leavesOf(String planId) {
        return index.plan(planId);
    }

    @Override
    public InclusionProof proof(long leaf) {
        return log.reader().proof(leaf);
    }

    @Override
    public void close() {
        log.close();
    }
}
