package dev.sluice.deploy.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.home.Home;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
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
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads from Spark's checkpoint folder which offsets a batch covers. Spark writes the end offsets of a batch before it
 * reads any record, and a replay has the same end; so these offsets, and not those of the records that came, are what
 * the batch covers. The two differ where a topic was written in transactions: commit markers, abort markers and aborted
 * records take offsets but are not delivered.
 *
 * @param folder the checkpoint folder
 * @param generation name of the folder's life cycle: batch numbers of one generation are never used twice
 */
record BatchOffsets(Path folder, String generation) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The offsets of a home. A home keeps its generation for ever; the first start chooses the name. */
    static BatchOffsets of(Home home, ControlDatabase control) {
        String chosen = UUID.randomUUID().toString().substring(0, 8);
        return in(home.work(), new GatewayState(control).putIfAbsent("generation", chosen));
    }

    /** The offsets of that generation in a home's work folder. */
    static BatchOffsets in(Path work, String generation) {
        return new BatchOffsets(work.resolve("checkpoint-" + generation), generation);
    }

    /** The folder as Spark takes it: a path without escapes, so that blanks stay blanks. */
    String location() {
        return folder.toString();
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
            throw GatewayErrors.offsetsUnreadable(commits, e);
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
            throw GatewayErrors.offsetsUnreadable(file, e);
        }
    }
}
