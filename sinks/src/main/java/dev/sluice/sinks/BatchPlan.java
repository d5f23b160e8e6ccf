package dev.sluice.sinks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a batch reads, before anything of the batch is written. A replay executes the same plan. Every commit of
 * the batch names the digest of the plan, so a number that was used for other records is noticed.
 *
 * @param id name of the batch
 * @param ranges what the batch reads, sorted by topic and partition; at most one range for each partition
 * @param letters ids of the dead letters that the batch replays, sorted; empty for a batch that reads topics. A replay
 *     has one range, which numbers the letters that were ever replayed.
 * @param cut the cut at which the ranges end; null when the batch ends at another place
 */
public record BatchPlan(BatchId id, List<SourceRange> ranges, List<String> letters, @Nullable SourceCut cut) {

    public BatchPlan {
        letters = letters.stream().sorted().toList();
        ranges = ranges.stream()
                .sorted(Comparator.comparing(
                                (SourceRange range) -> range.source().topic())
                        .thenComparingInt(range -> range.source().partition()))
                .toList();
    }

    /** The plan of a batch that reads topics. */
    public BatchPlan(BatchId id, List<SourceRange> ranges) {
        this(id, ranges, List.of(), null);
    }

    /** The plan of a batch that replays dead letters. */
    public BatchPlan(BatchId id, List<SourceRange> ranges, List<String> letters) {
        this(id, ranges, letters, null);
    }

    /** Whether the batch replays dead letters. */
    public boolean isReplay() {
        return !letters.isEmpty();
    }

    /**
     * SHA-256 (FIPS 180-4) of the ranges as 64 hex digits. One line for each range: topic, topic id, partition, first
     * offset and end offset, separated by tabs, with a line feed at the end. Topics hold neither. The ids of dead
     * letters follow, one a line.
     */
    public String digest() {
        StringBuilder text = new StringBuilder();
        for (SourceRange range : ranges) {
            text.append(range.source().topic())
                    .append('\t')
                    .append(range.source().topicId())
                    .append('\t')
                    .append(range.source().partition())
                    .append('\t')
                    .append(range.from())
                    .append('\t')
                    .append(range.until())
                    .append('\n');
        }
        letters.forEach(letter -> text.append(letter).append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /**
     * Refuses records that are not in the plan.
     *
     * @param source topic and partition of the records
     * @param from first offset that was read
     * @param until offset after the last one that was read
     * @throws SinkException {@code SNK-016} when one of the offsets is outside of the plan
     */
    public void require(SourcePartition source, long from, long until) {
        boolean planned = isReplay()
                ? letters.contains(source.at(from).identity())
                        && letters.contains(source.at(until - 1).identity())
                : ranges.stream()
                        .anyMatch(range -> range.source().topic().equals(source.topic())
                                && range.source().partition() == source.partition()
                                && range.from() <= from
                                && until <= range.until());
        if (!planned) {
            throw SinkErrors.unplanned(id, source.toString(), from, until);
        }
    }

    /** The ids of the topics that the batch reads, by name; none for a replay, whose letters name them. */
    public Map<String, String> topicIds() {
        Map<String, String> ids = new HashMap<>();
        if (!isReplay()) {
            ranges.forEach(
                    range -> ids.put(range.source().topic(), range.source().topicId()));
        }
        return ids;
    }
}
