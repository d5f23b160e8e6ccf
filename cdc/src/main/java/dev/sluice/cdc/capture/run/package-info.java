/**
 * Runs the capture of a source, and beside it the capture of a table that is read anew.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.run.RunningCapture}, the capture of all tables; {@link
 * dev.sluice.cdc.capture.run.SnapshotCheck}, which refuses what cannot work before a table is held; {@link
 * dev.sluice.cdc.capture.run.PartialCapture}, the capture of one table; {@link
 * dev.sluice.cdc.capture.run.CatchUp}, which says how closely that one follows; {@link
 * dev.sluice.cdc.capture.run.CaptureFiles}, the files of both; {@link dev.sluice.cdc.capture.run.OwnSlot}, which says
 * whose a replication slot is.
 *
 * <p>May come in: what several captures of one source need of each other.
 *
 * <p>May use: {@code cdc}, {@code cdc.capture}, {@code cdc.capture.check}, {@code cdc.capture.epoch}, {@code
 * cdc.capture.postgres}, {@code cdc.capture.table}, {@code cdc.event}, {@code cdc.finding}, {@code cdc.registry};
 * SLF4J.
 */
@NullMarked
package dev.sluice.cdc.capture.run;

import org.jspecify.annotations.NullMarked;
