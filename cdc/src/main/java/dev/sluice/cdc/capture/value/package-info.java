/**
 * Turns the values of the engine into what the raw topics hold, so that the same row gives the same value from snapshot
 * and stream.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.value.ExactConverter}, which the engine asks for each column; {@link
 * dev.sluice.cdc.capture.value.WireForms} chooses the form of a type, {@link dev.sluice.cdc.capture.value.WireForm};
 * the values come from {@link dev.sluice.cdc.capture.value.PlainValues}, {@link
 * dev.sluice.cdc.capture.value.TemporalValues} and {@link dev.sluice.cdc.capture.value.ExactTexts}; {@link
 * dev.sluice.cdc.capture.value.RawTimes} keeps the engine from reading times with zone; {@link
 * dev.sluice.cdc.capture.value.ValueSettings} tells the engine about both and what a snapshot has to read as text.
 * Decision 0010 says which form a type has and why.
 *
 * <p>May come in: the form of a further type. What decoding has to know as well goes to {@code cdc.exact}.
 *
 * <p>May use: {@code cdc.capture.postgres}, {@code cdc.event}, {@code cdc.exact}; Debezium, Kafka Connect, the
 * PostgreSQL driver.
 */
@NullMarked
package dev.sluice.cdc.capture.value;

import org.jspecify.annotations.NullMarked;
