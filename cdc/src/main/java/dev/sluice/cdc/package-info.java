/**
 * The exception of this module, which capture, registry and decoding share.
 *
 * <p>In here: {@link dev.sluice.cdc.CaptureException}, which stops a batch because a service or a setting is broken;
 * {@link dev.sluice.cdc.KnownFailure}, what the exceptions of all modules have in common.
 *
 * <p>May come in: nothing else. A new stage of the module gets a package of its own; the line through the module is
 * {@code capture} (source to raw topics), {@code registry} (writer schemas), {@code decode} (raw bytes to change
 * events), with the shared model in {@code event}. {@code exact} is the text of values, for
 * capture and decode; {@code finding} is the result of a check, for all modules.
 *
 * <p>May use: {@code java.*} only.
 */
@NullMarked
package dev.sluice.cdc;

import org.jspecify.annotations.NullMarked;
