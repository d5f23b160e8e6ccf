/**
 * What forgets state: of a whole home, or of the capture of a source.
 *
 * <p>In here: {@link dev.sluice.deploy.reset.HomeReset} deletes what a home holds; {@link
 * dev.sluice.deploy.reset.CaptureReset} begins the capture anew and keeps the history; {@link
 * dev.sluice.deploy.reset.SourceSlot} gives the source its slot back; {@link dev.sluice.deploy.reset.Affected} is a
 * line of their preview.
 *
 * <p>May come in: what removes state on request, with a preview of what it would touch.
 *
 * <p>May use: {@code deploy}, {@code deploy.gateway}, {@code deploy.home}, {@code deploy.pipeline}, {@code
 * cdc.capture}, {@code cdc.capture.cut}, {@code cdc.capture.postgres}.
 */
@NullMarked
package dev.sluice.deploy.reset;

import org.jspecify.annotations.NullMarked;
