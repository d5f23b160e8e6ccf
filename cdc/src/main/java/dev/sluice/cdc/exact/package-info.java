/**
 * The exact text of values: what a raw topic of our own capture holds where no usual type holds every value.
 *
 * <p>In here: {@link dev.sluice.cdc.exact.ExactType} names the types of such columns in a schema; {@link
 * dev.sluice.cdc.exact.ArrayText} splits the text of an array; {@link dev.sluice.cdc.exact.ValueText} reads the text of
 * one value, with {@link dev.sluice.cdc.exact.DateText} for dates and times and {@link
 * dev.sluice.cdc.exact.IntervalText} for intervals; {@link dev.sluice.cdc.exact.UtcTimestamp} reads the usual form of a
 * timestamp with zone quickly; {@link dev.sluice.cdc.exact.Unfit} says why a text has no value of
 * the type. The texts are those of PostgreSQL (documentation of version 18, chapter "Data Types") with date style ISO
 * and interval style postgres.
 *
 * <p>May come in: a further type whose text both capture and decoding have to know. What only one of them needs goes
 * there.
 *
 * <p>May use: {@code cdc.event}; then {@code java.*} only.
 */
@NullMarked
package dev.sluice.cdc.exact;

import org.jspecify.annotations.NullMarked;
