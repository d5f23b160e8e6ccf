/**
 * Deletes the rows of persons from the tables of the lake.
 *
 * <p>In here: {@link dev.sluice.sinks.erasure.Eraser} deletes rows from every table of the lake; {@code EraseNote}
 * says in the commit which case deleted how many rows. The files that held the rows go when the tables are
 * vacuumed.
 *
 * <p>May come in: ways to remove persons from tables. The steps of an erasure case go to the module deploy, its
 * state to {@code masking.control}.
 *
 * <p>May use: {@code sinks}, {@code sinks.commit}, {@code sinks.direct}; then Spark, the Delta library, Hadoop,
 * Jackson.
 */
@NullMarked
package dev.sluice.sinks.erasure;

import org.jspecify.annotations.NullMarked;
