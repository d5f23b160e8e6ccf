/**
 * Counts how often capture began anew under one home.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.epoch.CaptureEpoch}, the file that outlives the state of a capture; {@link
 * dev.sluice.cdc.capture.epoch.TableSnapshot}, the file of a capture that reads one table anew; {@link
 * dev.sluice.cdc.capture.epoch.EpochFile}, which stores both; {@link dev.sluice.cdc.capture.epoch.EpochMarks}, which
 * writes the epoch into records and marks the end of its snapshot.
 *
 * <p>May come in: what a capture has to know of the captures before it.
 *
 * <p>May use: {@code cdc}, {@code cdc.capture.postgres}, {@code cdc.event}; Kafka clients, Jackson.
 */
@NullMarked
package dev.sluice.cdc.capture.epoch;

import org.jspecify.annotations.NullMarked;
