/**
 * Looks at a source before it is captured. {@link dev.sluice.cdc.capture.check.CaptureCheck} asks the server ({@link
 * dev.sluice.cdc.capture.check.ServerCheck}, {@link dev.sluice.cdc.capture.check.SlotCheck}, {@link
 * dev.sluice.cdc.capture.check.TableCheck}) and answers with findings. Changes
 * nothing.
 */
@NullMarked
package dev.sluice.cdc.capture.check;

import org.jspecify.annotations.NullMarked;
