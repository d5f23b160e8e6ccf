/**
 * Computes the versions of one row key from the events that are known of it.
 *
 * <p>In here: The known events of a key form a <em>set</em>, from which the rows of a history table are computed.
 * Applying events is set union, so the order of arrival, duplicates and replays cannot change the result. {@link
 * dev.sluice.sinks.history.Image} (values of a row) and {@link dev.sluice.sinks.history.Provenance} make an {@link
 * dev.sluice.sinks.history.Event}. {@link dev.sluice.sinks.history.KeyHistory} turns stored {@link
 * dev.sluice.sinks.history.Version}s, latent events and arriving events into a {@link
 * dev.sluice.sinks.history.HistoryDelta}; {@code Timeline} cuts events into versions, and {@link
 * dev.sluice.sinks.history.PositionConflict} reports two events at one position; {@link
 * dev.sluice.sinks.history.MissingEvent} names an event that is a dead letter.
 *
 * <p>May come in: rules of the history, as pure functions without clock and state. How versions are stored goes to
 * {@code sinks.layout}.
 *
 * <p>May use: {@code cdc.event}; then {@code java.*} only.
 */
@NullMarked
package dev.sluice.sinks.history;

import org.jspecify.annotations.NullMarked;
