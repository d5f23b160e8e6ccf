/**
 * The change-event model that every later stage shares. Depends on {@code java.*} only.
 *
 * <p>In order: {@link dev.sluice.cdc.event.RawRecord} (bytes with coordinates) is decoded into a {@link
 * dev.sluice.cdc.event.SourceMessage}, which is a {@link dev.sluice.cdc.event.ChangeEvent} or a {@link
 * dev.sluice.cdc.event.Marker}; what cannot be decoded is a {@link dev.sluice.cdc.event.Outcome.Rejected}.
 * References are never null unless annotated with {@link dev.sluice.cdc.event.Nullable}.
 */
package dev.sluice.cdc.event;
