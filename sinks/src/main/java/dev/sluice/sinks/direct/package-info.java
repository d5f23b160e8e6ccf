/**
 * Reads and writes small Delta tables on a local disk without Spark jobs.
 *
 * <p>In here: A Spark statement costs seconds of processor time for any amount of data, an access without
 * Spark a few hundredths of a second. {@link dev.sluice.sinks.direct.DirectAccess} says which tables are written
 * without Spark.
 * {@link dev.sluice.sinks.direct.DirectTable} is a snapshot. {@link dev.sluice.sinks.direct.DirectRead} finds rows
 * and the files they are in ({@code StoredFile}). {@link dev.sluice.sinks.direct.DirectCommit} adds and replaces
 * rows in one commit, whose lines {@code LogLines} writes as the protocol of Delta lays down (delta-io/delta,
 * PROTOCOL.md). {@link dev.sluice.sinks.direct.DirectRows} turns rows of Delta Kernel ({@code CellRow}) into rows
 * of Spark and back. {@link dev.sluice.sinks.direct.LakeFolders} lists the tables of a lake. {@code LocalFiles} lists
 * and opens the files of a local disk, each small one as a {@code LocalFile}.
 *
 * <p>May come in: access to Delta tables without a Spark session, for any columns. Which columns a table has goes to
 * {@code sinks.layout}, statements of Spark to {@code sinks.layout} or {@code sinks.erasure}.
 *
 * <p>May use: {@code sinks}, {@code sinks.commit}, {@code sinks.intake}; then Delta Kernel, Spark (types and rows
 * only), Hadoop, Jackson, SLF4J.
 */
@NullMarked
package dev.sluice.sinks.direct;

import org.jspecify.annotations.NullMarked;
