package dev.sluice.deploy.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.delta.SparkSessions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the stages reach Spark's tasks. */
class RecordLineIT {

    @TempDir
    private Path folder;

    @Test
    void tasksOfThisProcessUseTheGatewaysOwnStagesAndOthersAreRefused() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        LineSettings settings = new LineSettings(
                DecodeSettings.of("shop"),
                RegistrySettings.at(URI.create("http://127.0.0.1:1")),
                new Pipeline.Policy(DemoHome.samplePolicy(), "lake-analytics", null));
        SparkSession spark = SparkSessions.local(home.scratch(), 2);
        try (Custody custody = Custody.open(home);
                Stages stages = Stages.open(settings, custody, plan -> {})) {
            Line line = RecordLine.over(spark, stages);

            List<Integer> sizes = spark.range(0, 40, 1, 4)
                    .map(
                            (MapFunction<Long, Integer>)
                                    n -> line.guard(List.of(unreadable(n))).size(),
                            Encoders.INT())
                    .collectAsList();

            // A copy would have been refused, so each task has used the object of this process.
            assertThat(sizes).hasSize(40).containsOnly(1);
            byte[] copy = serialized(stages);
            assertThatThrownBy(() -> new ObjectInputStream(new ByteArrayInputStream(copy)).readObject())
                    .hasMessageStartingWith("DEP-310");
        } finally {
            spark.stop();
        }
    }

    /** A record that no schema is needed for: it becomes a dead letter under this process's own key. */
    private static RawRecord unreadable(long offset) {
        Origin origin = new Origin("shop.public.customers", 0, offset, 0);
        return new RawRecord(origin, new byte[] {9}, new byte[] {9}, new ArrayList<>());
    }

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
