/**
 * Watches what a source server does with the log that capture needs, and reads how servers follow each other.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.server.ServerLine} decides whether a server continues the log of the one
 * before, by its {@link dev.sluice.cdc.capture.server.TimelineHistory}, the {@link
 * dev.sluice.cdc.capture.server.WrittenChanges} and what a {@link dev.sluice.cdc.capture.server.PromotedServer}
 * answers; {@link
 * dev.sluice.cdc.capture.server.SnapshotRows} finds how many rows a snapshot fetches at once; {@link
 * dev.sluice.cdc.capture.server.SlotWatch} reads {@link dev.sluice.cdc.capture.server.SlotSpace} again and again,
 * warns before the log becomes too large, and keeps the newest reading in a {@link
 * dev.sluice.cdc.capture.server.SlotSpaceFile} for {@code sluice status}.
 *
 * <p>May come in: a further fact of the server that a person has to know while capture runs. What a start refuses
 * goes to {@code cdc.capture}.
 *
 * <p>May use: {@code java.*}, {@code cdc}, {@code cdc.capture.cut}, {@code cdc.capture.postgres}; Jackson, SLF4J.
 */
@NullMarked
package dev.sluice.cdc.capture.server;

import org.jspecify.annotations.NullMarked;
