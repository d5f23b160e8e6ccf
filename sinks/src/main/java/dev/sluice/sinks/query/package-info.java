/**
 * Reading the lake without Spark: {@link dev.sluice.sinks.query.GovernedTables} lists tables, shows the history of a
 * key and the dead letters, for the command line and the console.
 */
@NullMarked
package dev.sluice.sinks.query;

import org.jspecify.annotations.NullMarked;
