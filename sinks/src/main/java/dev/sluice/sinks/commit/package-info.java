/**
 * One atomic, repeatable commit of one Delta table.
 *
 * <p>In order: {@link dev.sluice.sinks.commit.HardLinkLogStore} makes a commit file appear exactly once and only
 * after its data; a {@link dev.sluice.sinks.commit.CommitNote} travels in the commit and says which batch it is and
 * what it counts; {@link dev.sluice.sinks.commit.CommitLog} finds it again;
 * {@link dev.sluice.sinks.commit.TableWriter} writes under Delta's transaction id, so that a second write of a batch
 * is none.
 */
@NullMarked
package dev.sluice.sinks.commit;

import org.jspecify.annotations.NullMarked;
