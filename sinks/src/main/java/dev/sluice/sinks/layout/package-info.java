/**
 * Defines the columns and rows of the tables of the lake, and finds and writes the rows with Spark.
 *
 * <p>In here: {@link dev.sluice.sinks.layout.TableColumns} names and checks the columns of a history table. {@link
 * dev.sluice.sinks.layout.VersionRows} turns versions into rows and back. {@link dev.sluice.sinks.layout.HistoryTable}
 * finds and writes the rows. {@link dev.sluice.sinks.layout.LatentTable} is the table of latent events.
 *
 * <p>May come in: columns of tables and Spark statements on them. Rules of the history go to
 * {@code sinks.history}, properties and commits to {@code sinks.commit}, access without Spark to {@code sinks.direct},
 * upkeep of files (compaction, vacuum) to a package of its own beside {@code sinks.erasure}.
 *
 * <p>May use: {@code cdc.event}, {@code sinks}, {@code sinks.commit}, {@code sinks.direct}, {@code sinks.history},
 * {@code sinks.intake}; then Spark, the Delta library, Scala.
 */
@NullMarked
package dev.sluice.sinks.layout;

import org.jspecify.annotations.NullMarked;
