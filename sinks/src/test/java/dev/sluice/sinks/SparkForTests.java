package dev.sluice.sinks;

import dev.sluice.sinks.delta.SparkSessions;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The one session of this JVM; starting Spark takes longer than most tests. */
public final class SparkForTests {

    private static final class Holder {
        static final SparkSession SESSION =
                SparkSessions.local(Path.of("target", "spark", own()).toAbsolutePath(), 2);

        /** Two JVMs run the tests of one build, and a warehouse belongs to one of them. */
        private static String own() {
            return Long.toString(ProcessHandle.current().pid());
        }
    }

    private SparkForTests() {}

    public static SparkSession session() {
        return Holder.SESSION;
    }
}
