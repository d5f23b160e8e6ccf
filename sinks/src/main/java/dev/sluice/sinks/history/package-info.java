/**
 * The interval arithmetic of one row key: pure functions, no Spark, no clock, no state.
 *
 * <p>What is known of a key is a <em>set of events</em>; the rows of a history table are what that set means. Applying
 * events is set union, so the order of arrival, duplicates and replays cannot change the result.
 *
 * <p>In order: {@link dev.sluice.sinks.history.Image} (values of a row) and
 * {@link dev.sluice.sinks.history.Provenance} make an {@link dev.sluice.sinks.history.Event};
 * {@link dev.sluice.sinks.history.KeyHistory} turns stored {@link dev.sluice.sinks.history.Version}s, latent events
 * and arriving events into a {@link dev.sluice.sinks.history.HistoryDelta}.
 */
@NullMarked
package dev.sluice.sinks.history;

import org.jspecify.annotations.NullMarked;
