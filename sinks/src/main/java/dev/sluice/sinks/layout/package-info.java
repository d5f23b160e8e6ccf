/**
 * What rows of the lake look like, and how Spark statements find and write them.
 *
 * <p>In order: {@link dev.sluice.sinks.layout.TableColumns} names and checks the columns of a history table; {@link
 * dev.sluice.sinks.layout.VersionRows} turns versions into rows and back; {@link dev.sluice.sinks.layout.HistoryTable}
 * finds and writes them; {@link dev.sluice.sinks.layout.LatentTable} is the table of events that shape no version.
 */
@NullMarked
package dev.sluice.sinks.layout;

import org.jspecify.annotations.NullMarked;
