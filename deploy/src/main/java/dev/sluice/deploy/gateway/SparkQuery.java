package dev.sluice.deploy.gateway;

import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.pipeline.Pipeline;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The Spark query that reads the raw topics and hands batches to {@link Batches}. The query has no operator state, so a
 * restart is a plain restart. An end of the query that the gateway did not ask for ends the gateway.
 */
final class SparkQuery {

    private final StreamingQuery query;
    private volatile boolean stopping;

    private SparkQuery(StreamingQuery query) {
        this.query = query;
    }

    /** Starts to read those topics from the end of the last acknowledged batch, or from their beginning. */
    static SparkQuery start(
            SparkSession spark, Pipeline pipeline, List<String> topics, Batches batches, Ending ending) {
        try {
            SparkQuery started = new SparkQuery(spark.readStream()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", pipeline.transport().bootstrap())
                    .option("kafka.isolation.level", "read_committed")
                    .option("subscribe", String.join(",", topics))
                    .option("startingOffsets", "earliest")
                    .option("failOnDataLoss", "true")
                    .option("includeHeaders", "true")
                    .option("maxOffsetsPerTrigger", pipeline.run().maxRecords())
                    .load()
                    .writeStream()
                    .queryName("sluice-" + pipeline.name())
                    .option("checkpointLocation", batches.offsets().location())
                    .trigger(Trigger.ProcessingTime(pipeline.run().trigger().toMillis()))
                    .foreachBatch(batches)
                    .start());
            started.watch(ending);
            return started;
        } catch (TimeoutException e) {
            throw GatewayErrors.queryEnded(e);
        }
    }

    /** Ends the query. Call this while no batch runs: an end interrupts the batch that runs. */
    void stop() {
        stopping = true;
        try {
            query.stop();
        } catch (TimeoutException e) {
            throw GatewayErrors.queryEnded(e);
        }
    }

    private void watch(Ending ending) {
        Thread watcher = new Thread(
                () -> {
                    Throwable problem = problem();
                    if (!stopping) {
                        ending.fail(problem);
                    }
                },
                "sluice-query");
        watcher.setDaemon(true);
        watcher.setUncaughtExceptionHandler((thread, error) -> ending.fail(error));
        watcher.start();
    }

    /** Waits for the end of the query and answers its cause. */
    private Throwable problem() {
        try {
            query.awaitTermination();
            return GatewayErrors.queryEnded(new IllegalStateException("stopped by another part"));
        } catch (StreamingQueryException e) {
            return e;
        }
    }
}
