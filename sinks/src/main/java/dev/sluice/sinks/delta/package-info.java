/**
 * Writes a batch from the frame of Kafka to committed tables.
 *
 * <p>In here: {@link dev.sluice.sinks.delta.SparkSessions} makes the session.
 * {@link dev.sluice.sinks.delta.DeltaSinks} writes a batch, or shows it as a {@link
 * dev.sluice.sinks.delta.BatchPreview}: {@code BatchFrame} keeps its guarded rows,
 * {@code BatchTables} finds its tables, {@code Differences} computes what the batch changes in each table, as a
 * {@code Reconciled} on the driver ({@code LocalReconciliation}) or in Spark tasks ({@code SparkReconciliation}),
 * key by key in a {@code KeyWork}. {@code DatasetWork} writes a difference as one commit, {@code InParallel} runs
 * the steps, {@code UnreadableRuns} counts unreadable records over batches, and {@code LatentReader} and
 * {@code LatentWriter} read and write the latent events.
 *
 * <p>May come in: the order of the steps of a batch, and ways to compute a difference. What rows look like goes to
 * {@code sinks.layout}, how a commit is made to {@code sinks.commit} or {@code sinks.direct}.
 *
 * <p>May use: {@code cdc.event}, {@code sinks}, {@code sinks.commit}, {@code sinks.deadletter}, {@code sinks.direct},
 * {@code sinks.history}, {@code sinks.intake}, {@code sinks.layout}; then Spark.
 */
@NullMarked
package dev.sluice.sinks.delta;

import org.jspecify.annotations.NullMarked;
