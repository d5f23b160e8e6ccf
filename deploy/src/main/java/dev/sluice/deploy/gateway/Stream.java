package dev.sluice.deploy.gateway;

import dev.sluice.deploy.pipeline.Pipeline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** The Spark query that reads the raw topics and hands batches on. No operator state: a restart is a plain restart. */
final class Stream {

    private final StreamingQuery query;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private Stream(StreamingQuery query) {
        this.query = query;
    }

    /** Starts to read those topics from where the checkpoint stands, or from their beginning. */
    static Stream start(SparkSession spark, Pipeline pipeline, List<String> topics, Batches batches) {
        try {
            Stream stream = new Stream(spark.readStream()
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
                    .option("checkpointLocation", batches.checkpoint().location())
                    .trigger(Trigger.ProcessingTime(pipeline.run().trigger().toMillis()))
                    .foreachBatch(batches)
                    .start());
            stream.watch();
            return stream;
        } catch (TimeoutException e) {
            throw GatewayErrors.stopped(e);
        }
    }

    /** Completes exceptionally when the query has ended by a failure. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    /** Ends the query. Call it while no batch runs: it interrupts one. */
    void stop() {
        try {
            query.stop();
        } catch (TimeoutException e) {
            throw GatewayErrors.stopped(e);
        }
    }

    private void watch() {
        Thread watcher = new Thread(
                () -> {
                    try {
                        query.awaitTermination();
                    } catch (StreamingQueryException e) {
                        failure.completeExceptionally(e);
                    }
                },
                "sluice-stream");
        watcher.setDaemon(true);
        watcher.start();
    }
}
