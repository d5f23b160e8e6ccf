package dev.sluice.sinks.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sinks.commit.CommitLog;
import dev.sluice.sinks.query.GovernedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is killed in the first commit of a table leaves a folder that is no table yet. */
class FirstCommitTest {

    private static final StructType COLUMNS = new StructType().add("id", DataTypes.StringType);
    private static final String TRANSACTION = "sluice/generation/output/table";

    @TempDir
    private Path lake;

    private final Configuration conf = new Configuration();

    /** What stands in the folder of the table. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "part-00000.snappy.parquet",
                "_delta_log/",
                "_delta_log/_staged_commits/",
                "_delta_log/.00000000000000000000.json.5f1c.tmp",
                "_delta_log/.00000000000000000000.json.crc"
            })
    void aFolderWithoutACommitIsNoTableYet(String left) throws IOException {
        Path folder = lake.resolve("output/table");
        Path file = folder.resolve(left);
        Files.createDirectories(left.endsWith("/") ? file : file.resolveSibling("."));
        if (!left.endsWith("/")) {
            Files.writeString(file, "{\"commitInfo\":{");
        }
        String location = folder.toString();
        CommitLog log = new CommitLog(location, conf);
        GovernedTables tables = new GovernedTables(lake.toString(), conf);

        assertThat(DirectTable.open(location, conf)).isEmpty();
        assertThat(log.lastNumber(TRANSACTION)).isEmpty();
        assertThat(log.metadataSince(Instant.EPOCH)).isEmpty();
        assertThat(tables.tables()).isEmpty();
        assertThat(tables.table("output/table")).isEmpty();

        long version = new DirectCommit(location, conf, new DirectCommit.Columns(COLUMNS, Map.of()))
                .append(
                        Optional.empty(),
                        List.of(RowFactory.create("1")),
                        new DirectCommit.Stamp(TRANSACTION, 7, "{}"));

        assertThat(version).isZero();
        assertThat(log.lastNumber(TRANSACTION)).hasValue(7L);
        assertThat(DirectTable.open(location, conf))
                .hasValueSatisfying(table -> assertThat(table.version()).isZero());
    }

    /** The pointer to a checkpoint is written behind a commit, so commits were lost. */
    @Test
    void aLogThatLostItsCommitsIsNoNewTable() throws IOException {
        Path folder = lake.resolve("output/table");
        Files.createDirectories(folder.resolve("_delta_log"));
        Files.writeString(folder.resolve("_delta_log/_last_checkpoint"), "{\"version\":10,\"size\":4}");

        assertThatThrownBy(() -> DirectTable.open(folder.toString(), conf))
                .hasMessageContaining("SNK-023")
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> new CommitLog(folder.toString(), conf).lastNumber(TRANSACTION))
                .hasMessageContaining("SNK-023");
    }
}
