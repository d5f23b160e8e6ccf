package dev.sluice.deploy.planner;

import dev.sluice.deploy.planner.CutTopic.StoredCut;
import dev.sluice.sinks.SourceCut;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides where batches end: at the last cut of capture that a batch can reach, so that no transaction is divided. What
 * lies before the next cut and is more than a batch takes is divided. Records behind the last cut wait for the next
 * one, which capture writes milliseconds later; when a second passes and neither records nor cuts come, the records are
 * read without, because another program wrote them. Confined to one thread.
 *
 * <p>The cuts that were read are only a memory. When cuts may be missing (the memory is lost, or the broker has removed
 * cuts that were not read), everything that the topics hold at that moment is read first, without regard to cuts.
 */
final class Cutter {

    /** Most cuts that are kept in memory. */
    private static final int MOST = 5_000;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PlannerScope scope;
    private final List<StoredCut> pending = new ArrayList<>();

    /** Offset after the last record of each topic that cuts may not name; what lies before the offset is read first. */
    private final Map<String, Long> unmarked = new HashMap<>();

    /** Offsets that cuts name and their topics did not have, by topic. */
    private final Map<String, Ahead> ahead = new HashMap<>();

    private @Nullable SourceCut last;
    private boolean fresh;
    private List<SourceRange> behind = List.of();
    private Instant behindSince = Instant.MIN;

    private record Ahead(long offset, Instant since) {}

    /**
     * A portion of a backlog.
     *
     * @param ranges what to read
     * @param cut the cut at which the ranges end, null when they end elsewhere
     * @param known the newest cut behind which everything is named by cuts once the ranges are read; null when that is
     *     not known
     */
    record Portion(List<SourceRange> ranges, @Nullable SourceCut cut, @Nullable SourceCut known) {}

    /**
     * A cutter.
     *
     * @param last the newest cut that is known to be behind every record that is left to read, null when none is
     * @param fresh whether nothing was ever read from the topics
     */
    Cutter(PlannerScope scope, @Nullable SourceCut last, boolean fresh) {
        this.scope = scope;
        this.last = last;
        this.fresh = fresh;
    }

    /**
     * The first portion of what a dataset has that was held. The cuts that named its records may be passed, so what is
     * left of them is read first.
     */
    Portion drain(List<SourceRange> backlog) {
        backlog.forEach(range -> unmarked.merge(range.source().topic(), range.until(), Math::max));
        return share(backlog);
    }

    /** Notes that a plan is recorded which was written before this cutter was made. */
    void recorded(@Nullable SourceCut cut) {
        if (cut != null && last == null && pending.isEmpty()) {
            last = cut;
        }
    }

    /** Epoch and position up to which the ledger holds everything of the topics that flow, null when not known. */
    @Nullable
    String accounted() {
        SourceCut known = known();
        return known == null || known.position().isEmpty() ? null : known.text();
    }

    /** The first records of the backlog, without regard to cuts: shared in proportion to what each partition has. */
    Portion share(List<SourceRange> backlog) {
        long offered = offsets(backlog);
        if (offered <= scope.maxRecords()) {
            return new Portion(backlog, null, known());
        }
        double share = (double) scope.maxRecords() / offered;
        return new Portion(
                backlog.stream()
                        .map(range -> new SourceRange(
                                range.source(),
                                range.from(),
                                range.from() + Math.max(1, (long) (range.offsets() * share))))
                        .toList(),
                null,
                known());
    }

    /**
     * The next portion of the backlog.
     *
     * @param stored what the broker holds of all topics and of the cuts
     * @param flows whether records of that topic are read now
     * @return empty when the backlog waits for a cut
     */
    Optional<Portion> next(
            List<SourceRange> backlog, Map<SourcePartition, TopicExtent> stored, Predicate<String> flows) {
        Optional<SourcePartition> cuts = stored.keySet().stream()
                .filter(source -> source.topic().equals(scope.filler().cuts().name()))
                .findFirst();
        if (cuts.isEmpty()) {
            return Optional.of(share(backlog));
        }
        TopicExtent extent = Objects.requireNonNull(stored.get(cuts.get()));
        Map<String, Long> readable = new HashMap<>();
        scope.data(stored).forEach((source, data) -> readable.put(source.topic(), data.end()));
        readable.keySet().removeIf(topic -> !flows.test(topic));
        Optional<Portion> reached = Optional.empty();
        boolean more = true;
        while (more && reached.isEmpty()) {
            more = load(cuts.get(), extent, readable);
            reached = unmarked(backlog).or(() -> reach(backlog, readable));
        }
        return reached.isEmpty()
                ? behindLastCut(backlog)
                : reached.map(all -> offsets(all.ranges()) > scope.maxRecords() ? share(all.ranges()) : all);
    }

    /** What is left of the records that cuts may not name. */
    private Optional<Portion> unmarked(List<SourceRange> backlog) {
        List<SourceRange> old = before(backlog, unmarked);
        if (old.isEmpty()) {
            unmarked.clear();
        }
        return old.isEmpty() ? Optional.empty() : Optional.of(new Portion(old, null, last));
    }

    /** The records before the last cut that a batch can reach; cuts without a record before them are passed over. */
    private Optional<Portion> reach(List<SourceRange> backlog, Map<String, Long> readable) {
        Map<String, Long> ends = new HashMap<>();
        Portion reached = null;
        int passed = 0;
        for (StoredCut cut : pending) {
            ends.putAll(cut.ends());
            List<SourceRange> before = before(backlog, ends);
            boolean tooMany = reached != null && offsets(before) > scope.maxRecords();
            if (tooMany || isAhead(cut, readable)) {
                break;
            }
            if (before.isEmpty()) {
                passed++;
                last = cut.place();
            } else {
                reached = new Portion(before, cut.place(), cut.place());
            }
        }
        pending.subList(0, passed).clear();
        return Optional.ofNullable(reached);
    }

    /** Whether the cut names records that the topics do not have; mostly the cut is younger than their ends. */
    private boolean isAhead(StoredCut cut, Map<String, Long> readable) {
        Instant now = scope.clock().instant();
        boolean found = false;
        for (Map.Entry<String, Long> end : cut.ends().entrySet()) {
            if (end.getValue() > readable.getOrDefault(end.getKey(), Long.MAX_VALUE)) {
                ahead.putIfAbsent(end.getKey(), new Ahead(end.getValue(), now));
                found = true;
            }
        }
        return found;
    }

    /**
     * The offset up to which capture has filled the topic, when the topic has ended before that offset for a second or
     * longer. Capture writes a cut when the broker has the records, so the broker has lost some of them.
     *
     * @param end offset at which the topic ends now
     */
    Optional<Long> lostBefore(String topic, long end) {
        ahead.computeIfPresent(topic, (name, seen) -> seen.offset() > end ? seen : null);
        Instant before = scope.clock().instant().minus(PATIENCE);
        return Optional.ofNullable(ahead.get(topic))
                .filter(seen -> !seen.since().isAfter(before))
                .map(Ahead::offset);
    }

    private Optional<Portion> behindLastCut(List<SourceRange> backlog) {
        Instant now = scope.clock().instant();
        if (!backlog.equals(behind)) {
            behind = backlog;
            behindSince = now;
        }
        boolean waited = !now.isBefore(behindSince.plus(PATIENCE));
        return waited && !backlog.isEmpty() ? Optional.of(share(backlog)) : Optional.empty();
    }

    /** Reads further cuts; false when there are none. */
    private boolean load(SourcePartition partition, TopicExtent extent, Map<String, Long> readable) {
        SourceCut known =
                pending.isEmpty() ? last : pending.get(pending.size() - 1).place();
        boolean follows = follows(known, partition, extent);
        if (known == null || !follows) {
            pending.clear();
            known = new SourceCut(0, "", partition.topicId(), extent.first());
            last = known;
        }
        if (!follows) {
            unmarked.putAll(readable);
        }
        long from = Math.max(extent.first(), known.next());
        fresh = false;
        long until = Math.min(extent.end(), from + MOST - pending.size());
        if (from < until) {
            pending.addAll(scope.filler().cuts().read(partition, from, until));
        }
        return from < until;
    }

    /** Whether the cuts that the broker has are all that follow the known one. */
    private boolean follows(@Nullable SourceCut known, SourcePartition partition, TopicExtent extent) {
        return known == null
                ? fresh && extent.first() == 0
                : known.topicId().equals(partition.topicId())
                        && extent.first() <= known.next()
                        && known.next() <= extent.end();
    }

    /** The newest cut behind which everything that is left to read is named by cuts; null when that is not known. */
    private @Nullable SourceCut known() {
        return unmarked.isEmpty() ? last : null;
    }

    private static List<SourceRange> before(List<SourceRange> backlog, Map<String, Long> ends) {
        return backlog.stream()
                .map(range -> new SourceRange(
                        range.source(),
                        range.from(),
                        Math.min(range.until(), ends.getOrDefault(range.source().topic(), range.from()))))
                .filter(range -> range.offsets() > 0)
                .toList();
    }

    private static long offsets(List<SourceRange> ranges) {
        return ranges.stream().mapToLong(SourceRange::offsets).sum();
    }
}
