/**
 * Delta tables without Spark jobs, for small tables on a local disk: a Spark statement costs seconds of processor time
 * whatever it does, this a few hundredths. Reads with Delta Kernel; writes Parquet with Kernel and the commit as the
 * protocol lays it down (delta-io/delta, PROTOCOL.md).
 *
 * <p>In order: {@link dev.sluice.sinks.direct.DirectTable} is a snapshot; it finds rows in {@link
 * dev.sluice.sinks.direct.StoredFile}s, as Spark rows through {@link dev.sluice.sinks.direct.DirectRows}; {@link
 * dev.sluice.sinks.direct.DirectCommit} adds and replaces rows in one commit.
 */
@NullMarked
package dev.sluice.sinks.direct;

import org.jspecify.annotations.NullMarked;
