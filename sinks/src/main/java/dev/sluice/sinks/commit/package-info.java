/**
 * Makes one atomic, repeatable commit of one Delta table.
 *
 * <p>In here: {@link dev.sluice.sinks.commit.HardLinkLogStore} makes a commit file appear exactly once and only
 * after its data. {@link dev.sluice.sinks.commit.CommitNote} travels in the commit and says which batch it is and
 * what it counts. {@link dev.sluice.sinks.commit.CommitLog} finds the commit again.
 * {@link dev.sluice.sinks.commit.NewestSnapshot} tells a table without a commit from one that lost them.
 * {@link dev.sluice.sinks.commit.TableWriter} writes under the transaction id of Delta, so that a second write of
 * a batch does nothing. {@link dev.sluice.sinks.commit.TableProperties} lists the properties of a new table.
 *
 * <p>May come in: rules about commits and properties that hold for every table. What rows look like goes to
 * {@code sinks.layout}; which commits a batch makes, and in which order, to {@code sinks.delta}.
 *
 * <p>May use: {@code sinks}; then Spark, the Delta library, Delta Kernel, Hadoop, Jackson, Scala.
 */
@NullMarked
package dev.sluice.sinks.commit;

import org.jspecify.annotations.NullMarked;
