/**
 * A batch from Kafka's frame to committed tables.
 *
 * <p>In order: {@link dev.sluice.sinks.delta.SparkSessions} makes the session; {@link
 * dev.sluice.sinks.delta.DeltaSinks} writes a batch: a {@code BatchFrame} keeps its guarded rows, {@code BatchTables}
 * reads what is stored of the affected keys, a {@code Reconciled} is the difference, computed on the driver or in Spark
 * tasks, and a {@code DatasetWork} writes it as one commit; {@code LatentReader} and {@code LatentWriter} serve the events
 * that shape no version.
 */
@NullMarked
package dev.sluice.sinks.delta;

import org.jspecify.annotations.NullMarked;
