package dev.sluice.sinks.delta;

import dev.sluice.sinks.commit.HardLinkLogStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Makes Spark sessions with the settings that the sinks need. A cluster's submit command sets the same {@link
 * #settings()}.
 */
public final class SparkSessions {

    private SparkSessions() {}

    /**
     * Returns a session on this machine: the session that runs in this JVM, or a new session when none runs.
     *
     * @param scratch folder for spill and warehouse, wiped by its owner at start and stop
     * @param cores number of worker threads, also the number of shuffle partitions
     */
    public static SparkSession local(Path scratch, int cores) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("sluice")
                .master("local[" + cores + "]")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", scratch.resolve("spark").toString())
                .config(
                        "spark.sql.warehouse.dir",
                        scratch.resolve("warehouse").toUri().toString())
                .config("spark.sql.shuffle.partitions", cores)
                .config("spark.default.parallelism", cores);
        settings().forEach(builder::config);
        return builder.getOrCreate();
    }

    /** Settings that hold on one machine and on a cluster. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        settings.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        settings.put("spark.delta.logStore.file.impl", HardLinkLogStore.class.getName());
        settings.put("spark.databricks.delta.snapshotPartitions", "2");
        settings.putAll(quiet());
        settings.putAll(values());
        return settings;
    }

    /** Settings by which Spark serves no web page, records no events and encrypts spilled rows. */
    private static Map<String, String> quiet() {
        return Map.of(
                "spark.ui.enabled", "false",
                "spark.ui.showConsoleProgress", "false",
                "spark.eventLog.enabled", "false",
                "spark.io.encryption.enabled", "true",
                "spark.sql.debug.maxToStringFields", "0",
                "spark.sql.redaction.string.regex", "(?s).+",
                "spark.redaction.regex", "(?i)secret|password|token|key|userMetadata");
    }

    /** Settings by which values mean the same on every machine. */
    private static Map<String, String> values() {
        return Map.of(
                "spark.sql.session.timeZone", "UTC",
                "spark.sql.ansi.enabled", "true",
                "spark.sql.datetime.java8API.enabled", "true",
                "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED",
                "spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED",
                "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
                "spark.sql.parquet.compression.codec", "zstd");
    }
}
