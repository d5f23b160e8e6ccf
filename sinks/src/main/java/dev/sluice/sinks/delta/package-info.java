/**
 * A batch from Kafka's frame to committed tables.
 *
 * <p>In order: {@link dev.sluice.sinks.delta.SparkSessions} makes the session; {@link
 * dev.sluice.sinks.delta.DeltaSinks} writes a batch: a {@code BatchFrame} keeps its guarded rows, {@code BatchTables}
 * finds the tables and {@code Differences} what the batch changes in each, on the driver or in Spark tasks; a {@code
 * DatasetWork} writes that as one commit; {@code LatentReader} and {@code LatentWriter} serve the events that shape no
 * version.
 */
@NullMarked
package dev.sluice.sinks.delta;

import org.jspecify.annotations.NullMarked;
