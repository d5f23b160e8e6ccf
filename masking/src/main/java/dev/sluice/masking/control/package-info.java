/**
 * Keeps what the gateway must remember across restarts in one SQLite database of mode 0600.
 *
 * <p>In here: {@link dev.sluice.masking.control.PrivateFiles} makes and checks files that only this user may
 * reach. {@link dev.sluice.masking.control.ControlDatabase} opens the database: {@code WritableControl} migrates,
 * reads and writes it, {@code ReadOnlyControl} answers questions without writing.
 * {@link dev.sluice.masking.control.GatewayState} keeps small named facts.
 * {@link dev.sluice.masking.control.ErasureCases} keeps each {@link dev.sluice.masking.control.ErasureCase} with
 * its {@link dev.sluice.masking.control.ErasureSteps}, whose stored form {@code ErasureStepsCodec} writes and
 * reads.
 *
 * <p>May come in: small state that must survive a restart and that several processes share, each with a migration.
 * The keys of people go to {@code masking.key}; data of records never comes here.
 *
 * <p>May use: {@code masking.error}; then SQLite, Jdbi, Flyway, Jackson.
 */
@NullMarked
package dev.sluice.masking.control;

import org.jspecify.annotations.NullMarked;
