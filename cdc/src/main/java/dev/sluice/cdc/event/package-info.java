/**
 * Defines the model that every stage shares: raw records, change events, rows and positions.
 *
 * <p>In here: {@link dev.sluice.cdc.event.RawRecord} holds bytes at an {@link dev.sluice.cdc.event.Origin}; the decoder
 * makes a {@link dev.sluice.cdc.event.SourceMessage} of it, which is a {@link dev.sluice.cdc.event.ChangeEvent} or a
 * {@link dev.sluice.cdc.event.Marker}; an {@link dev.sluice.cdc.event.Outcome} holds the value of a stage or a
 * rejection. A change event has a {@link dev.sluice.cdc.event.Source} with {@link dev.sluice.cdc.event.DatasetId} and
 * {@link dev.sluice.cdc.event.SourcePosition}, which belongs to a {@link dev.sluice.cdc.event.SourceEpoch}, a {@link
 * dev.sluice.cdc.event.RowSchema} of {@link dev.sluice.cdc.event.Field}s with their {@link
 * dev.sluice.cdc.event.DataType}, and a {@link dev.sluice.cdc.event.Change} of {@link dev.sluice.cdc.event.Row}s, in
 * which {@link dev.sluice.cdc.event.Absent} marks a value that was not sent. An {@link
 * dev.sluice.cdc.event.OversizedValue} stands in a raw topic for a value that is larger than a record may be. {@link
 * dev.sluice.cdc.event.CrashPoint} ends the process at a named place for tests. References are never null unless
 * annotated with {@link dev.sluice.cdc.event.Nullable}.
 *
 * <p>May come in: a type that at least two modules need to describe a change. Code that reads, decides or writes goes
 * to the module of that stage.
 *
 * <p>May use: {@code java.*} only.
 */
package dev.sluice.cdc.event;
