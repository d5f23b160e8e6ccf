package dev.sluice.sinks.commit;

import dev.sluice.sinks.SinkErrors;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the newest commit of a table, and tells a table without a first commit from one that lost its commits. */
public final class NewestSnapshot {

    private NewestSnapshot() {}

    /**
     * The newest snapshot of the table at that location; empty when no commit was made there, for example because a
     * process was killed in the first one.
     *
     * @throws dev.sluice.sinks.SinkException {@code SNK-023} when the table had commits and its log holds none
     */
    public static Optional<Snapshot> of(String location, Engine engine, Configuration conf) throws IOException {
        try {
            return Optional.of(Table.forPath(engine, location).getLatestSnapshot(engine));
        } catch (TableNotFoundException noCommit) {
            // Delta writes the pointer to a checkpoint behind a commit.
            Path pointer = new Path(location, "_delta_log/_last_checkpoint");
            if (pointer.getFileSystem(conf).exists(pointer)) {
                throw SinkErrors.lostCommits(location, noCommit);
            }
            return Optional.empty();
        }
    }
}
