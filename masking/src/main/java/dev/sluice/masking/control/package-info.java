/**
 * What the gateway must remember across restarts, in one SQLite database of mode 0600.
 *
 * <p>In order: {@link dev.sluice.masking.control.PrivateFiles} makes and checks files that only this user may read,
 * {@link dev.sluice.masking.control.ControlDatabase} opens and migrates the database, {@link
 * dev.sluice.masking.control.GatewayState} keeps small named facts, {@link dev.sluice.masking.control.ErasureCases}
 * keeps erasure cases and how far each one is.
 */
@NullMarked
package dev.sluice.masking.control;

import org.jspecify.annotations.NullMarked;
