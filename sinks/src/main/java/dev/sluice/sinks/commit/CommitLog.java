package dev.sluice.sinks.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.SinkErrors;
import io.delta.kernel.Snapshot;
import io.delta.kernel.defaults.engine.DefaultEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads the user metadata of the commits of one table. Starts no Spark job. Thread-safe. Throws a
 * {@link dev.sluice.sinks.SinkException} {@code SNK-011} when the log cannot be read.
 */
public final class CommitLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path log;
    private final String location;
    private final Configuration conf;

    /**
     * A commit that carries a note of the sinks.
     *
     * @param version Delta version
     * @param note note of the commit
     */
    public record Found(long version, CommitNote note) {}

    /** The log of the table at that location. */
    public CommitLog(String location, Configuration conf) {
        this.location = location;
        this.log = new Path(location, "_delta_log");
        this.conf = conf;
    }

    /** The highest batch number committed under that transaction id; empty when none. */
    public Optional<Long> lastNumber(String transactionId) {
        return snapshot().flatMap(s -> s.getLatestTransactionVersion(DefaultEngine.create(conf), transactionId));
    }

    /**
     * The commit of a batch, looked for from the newest commit backwards.
     *
     * @throws dev.sluice.sinks.SinkException {@code SNK-008} when the log ends before the commit is found
     */
    public Found find(BatchId batch, String table) {
        long newest = snapshot().map(Snapshot::getVersion).orElse(-1L);
        for (long version = newest; version >= 0; version--) {
            Optional<String> metadata = userMetadata(version);
            if (metadata.isEmpty()) {
                break;
            }
            Optional<CommitNote> note = CommitNote.parse(metadata.get())
                    .filter(n -> n.generation().equals(batch.generation())
                            && n.table().equals(table));
            if (note.isPresent() && note.get().number() == batch.number()) {
                return new Found(version, note.get());
            }
        }
        throw SinkErrors.lostNote(location, batch);
    }

    /**
     * Returns the user metadata of the commits since that moment by table version, oldest first; "" for a commit
     * without user metadata. Includes the commits of the hour before that moment, because clocks differ. Leaves out
     * commits that the log does not hold any more.
     */
    public SortedMap<Long, String> metadataSince(Instant since) {
        SortedMap<Long, String> said = new TreeMap<>();
        long earliest = since.minus(Duration.ofHours(1)).toEpochMilli();
        long newest = snapshot().map(Snapshot::getVersion).orElse(-1L);
        for (long version = newest; version >= 0; version--) {
            Optional<String> metadata = userMetadata(version);
            if (metadata.isEmpty() || writtenAt(version) < earliest) {
                break;
            }
            said.put(version, metadata.get());
        }
        return said;
    }

    private long writtenAt(long version) {
        Path file = file(version);
        try {
            return fileSystem().getFileStatus(file).getModificationTime();
        } catch (IOException e) {
            throw SinkErrors.storage("read", file.toString(), e);
        }
    }

    private Path file(long version) {
        return new Path(log, String.format("%020d.json", version));
    }

    private Optional<Snapshot> snapshot() {
        try {
            return fileSystem().exists(log)
                    ? NewestSnapshot.of(location, DefaultEngine.create(conf), conf)
                    : Optional.empty();
        } catch (IOException e) {
            throw SinkErrors.storage("look for", location, e);
        }
    }

    /** The user metadata of a commit, "" when it has none; empty when the commit file is gone. */
    private Optional<String> userMetadata(long version) {
        Path file = file(version);
        try {
            if (!fileSystem().exists(file)) {
                return Optional.empty();
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(fileSystem().open(file), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("{\"commitInfo\":")) {
                        JsonNode info = JSON.readTree(line).path("commitInfo");
                        return Optional.of(info.path("userMetadata").asText(""));
                    }
                }
                return Optional.of("");
            }
        } catch (IOException e) {
            throw SinkErrors.storage("read", file.toString(), e);
        }
    }

    private FileSystem fileSystem() throws IOException {
        return log.getFileSystem(conf);
    }
}
