/**
 * History tables in Delta: how stored versions are found and how new ones are written.
 *
 * <p>In order: {@link dev.sluice.sinks.delta.SparkSessions} makes the session; {@link dev.sluice.sinks.delta.DeltaSinks}
 * writes a batch; for each dataset a {@link dev.sluice.sinks.delta.HistoryTable} (columns checked by {@link
 * dev.sluice.sinks.delta.TableColumns}, rows by {@link dev.sluice.sinks.delta.VersionRows}) and the one {@link
 * dev.sluice.sinks.delta.LatentTable} give what is stored of the affected keys, {@link
 * dev.sluice.sinks.delta.Reconciler} runs the interval arithmetic, and one commit per table writes the difference.
 */
@NullMarked
package dev.sluice.sinks.delta;

import org.jspecify.annotations.NullMarked;
