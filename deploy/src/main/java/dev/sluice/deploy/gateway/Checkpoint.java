package dev.sluice.deploy.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.SourceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Spark's checkpoint says of the offsets of batches. Spark writes down where a batch ends before it reads any of
 * it, and replays it with the same end; so this, and not the offsets of the records that came, is what a batch read.
 * The two differ where a topic was written in transactions: commits, aborts and what was aborted take offsets but come
 * as no record.
 *
 * @param folder the checkpoint
 * @param generation name of its life; a reset starts another
 */
record Checkpoint(Path folder, String generation) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The checkpoint of that generation in a home's work folder. */
    static Checkpoint in(Path work, String generation) {
        return new Checkpoint(work.resolve("checkpoint-" + generation), generation);
    }

    /** The checkpoint as Spark names it. */
    String location() {
        return folder.toUri().toString();
    }

    /** What that batch reads, sorted by topic and partition; partitions of which it reads nothing are left out. */
    List<SourceRange> planned(long batch) {
        Map<String, Long> starts = batch == 0 ? offsets(folder.resolve("sources/0/0")) : ends(batch - 1);
        List<SourceRange> ranges = new ArrayList<>();
        ends(batch).forEach((partition, until) -> {
            // A partition that was added later is read from offset 0; Spark refuses one that no longer has it.
            long from = starts.getOrDefault(partition, 0L);
            if (from < until) {
                int cut = partition.lastIndexOf('/');
                int number = Integer.parseInt(partition.substring(cut + 1));
                ranges.add(new SourceRange(partition.substring(0, cut), number, from, until));
            }
        });
        ranges.sort(Comparator.comparing(SourceRange::topic).thenComparingInt(SourceRange::partition));
        return ranges;
    }

    /** Offset at which that batch ends, by {@code topic/partition}. */
    Map<String, Long> ends(long batch) {
        return offsets(folder.resolve("offsets").resolve(Long.toString(batch)));
    }

    /** The newest batch that was acknowledged. */
    OptionalLong acknowledged() {
        Path commits = folder.resolve("commits");
        if (!Files.isDirectory(commits)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.list(commits)) {
            return files.map(file -> commits.relativize(file).toString())
                    .filter(name -> name.matches("\\d{1,18}"))
                    .mapToLong(Long::parseLong)
                    .max();
        } catch (IOException e) {
            throw GatewayErrors.checkpointUnreadable(commits, e);
        }
    }

    /** The last line of the file is the JSON object of the one source: partition and offset by topic. */
    private static Map<String, Long> offsets(Path file) {
        Map<String, Long> offsets = new TreeMap<>();
        try {
            List<String> lines = Files.readAllLines(file);
            JsonNode topics = JSON.readTree(lines.get(lines.size() - 1));
            topics.properties().forEach(topic -> topic.getValue()
                    .properties()
                    .forEach(partition -> offsets.put(
                            topic.getKey() + "/" + partition.getKey(),
                            partition.getValue().asLong())));
            return offsets;
        } catch (IOException | IndexOutOfBoundsException e) {
            throw GatewayErrors.checkpointUnreadable(file, e);
        }
    }
}
