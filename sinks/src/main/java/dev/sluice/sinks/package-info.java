/**
 * Writing a batch of guarded records where consumers read it, once.
 *
 * <p>In order: a {@link dev.sluice.sinks.Line} turns raw records into guarded ones; {@code delta.DeltaSinks} writes a
 * batch of them, named by a {@link dev.sluice.sinks.BatchId}, into the {@link dev.sluice.sinks.Lake} and answers with a
 * {@link dev.sluice.sinks.Receipt}, which accounts for every record. What is broken is a {@link
 * dev.sluice.sinks.SinkException}.
 */
@NullMarked
package dev.sluice.sinks;

import org.jspecify.annotations.NullMarked;
