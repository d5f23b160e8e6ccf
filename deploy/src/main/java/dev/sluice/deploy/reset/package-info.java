/**
 * What begins anew on request: a whole home, the capture of a source, or the snapshot of one table.
 *
 * <p>In here: {@link dev.sluice.deploy.reset.HomeReset} deletes what a home holds; {@link
 * dev.sluice.deploy.reset.CaptureReset} begins the capture anew and keeps the history; {@link
 * dev.sluice.deploy.reset.SnapshotOrder} asks capture to read single tables anew; {@link
 * dev.sluice.deploy.reset.SourceSlot} gives the source its slot back; {@link dev.sluice.deploy.reset.Affected} is a
 * line of their preview.
 *
 * <p>May come in: what begins anew on request. What removes state has a preview of what it would touch.
 *
 * <p>May use: {@code deploy}, {@code deploy.gateway}, {@code deploy.home}, {@code deploy.pipeline}, {@code
 * cdc}, {@code cdc.capture}, {@code cdc.capture.cut}, {@code cdc.capture.epoch}, {@code cdc.capture.postgres}, {@code
 * cdc.capture.run}, {@code cdc.capture.table}.
 */
@NullMarked
package dev.sluice.deploy.reset;

import org.jspecify.annotations.NullMarked;
