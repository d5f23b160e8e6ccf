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
import dev.sluice.sinks.SourcePartition;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the ledger of one gateway. When a method that records something has returned, the event is durable and under a
 * signed checkpoint. After a {@link dev.sluice.audit.LedgerException} other than AUD-008 and AUD-009 from such a
 * method, the data path must stop. Safe for use by many threads, also by threads that are interrupted; one process at a
 * time.
 */
public final class Ledger implements LedgerView, AutoCloseable {
    private final TileLog log;
    private final Clock clock;
    private final LedgerIndex index;
    private final LedgerThread writer = new LedgerThread();

    private Ledger(TileLog log, Clock clock, LedgerIndex index) {
        this.log = log;
        this.clock = clock;
        this.index = index;
    }

    /**
     * Opens a ledger, or starts an empty one. Recomputes the whole tree and repairs what a crash left, as
     * {@link TileLog} describes.
     *
     * @param folder the folder of the ledger, {@code <home>/ledger}
     * @param key the signing key; its name is the origin of the ledger
     * @throws dev.sluice.audit.LedgerException AUD-001 to AUD-005, AUD-007 and AUD-014 as {@link TileLog#open} throws
     *     them; AUD-011 or AUD-015 when a leaf is not an event
     */
    public static Ledger open(Path folder, NoteKey key) {
        return open(folder, key, Clock.systemUTC());
    }

    /** Opens a ledger like {@link #open(Path, NoteKey)}; the clock dates the events. */
    public static Ledger open(Path folder, NoteKey key, Clock clock) {
        LedgerIndex index = new LedgerIndex();
        TileLog log = TileLog.open(folder, key, (leaf, entry) -> index.add(leaf, EventCodec.read(leaf, entry)));
        return new Ledger(log, clock, index);
    }

    /**
     * Records a batch. When the ledger holds the batch with an equal receipt already, the method adds nothing and
     * returns the same proof.
     *
     * @throws dev.sluice.audit.LedgerException AUD-009 when the ledger holds the batch with another receipt, AUD-008,
     *     AUD-010 or AUD-001 as {@link TileLog#append} throws them
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

    /** Returns the proof for a batch that the ledger holds, so that a replay need not write the batch again. */
    public synchronized Optional<Audited> find(BatchId batch) {
        return leafOf(batch).map(leaf -> new Audited(leaf, receiptAt(leaf)));
    }

    /**
     * Records that a plan came into force. When the newest activation of the plan says the same, the method adds
     * nothing.
     *
     * @return index of the last leaf of the activation
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
     * Records an event that is not part of a batch.
     *
     * @return index of the leaf
     * @throws IllegalArgumentException for the events of a batch, which {@link #record} writes
     */
    public synchronized long append(LedgerEvent event) {
        if (event instanceof BatchRecorded || event instanceof BatchContinued) {
            throw new IllegalArgumentException("A batch is recorded from its receipt.");
        }
        return appendAll(List.of(event));
    }

    private long appendAll(List<LedgerEvent> events) {
        List<byte[]> entries = events.stream().map(LedgerEvent::canonical).toList();
        long first = writer.call(() -> log.append(entries));
        for (int i = 0; i < events.size(); i++) {
            index.add(first + i, events.get(i));
        }
        return first;
    }

    /** Returns the first number of the generation that neither a recorded nor an abandoned batch has used. */
    public synchronized long nextNumber(String generation) {
        return index.nextNumber(generation);
    }

    /** Returns the offset after the last one that a recorded batch has read, for every partition that was read. */
    public synchronized Map<SourcePartition, Long> positions() {
        return index.positions();
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
        writer.close();
        log.close();
    }
}
