/**
 * Records that could not go on, sealed: {@link dev.sluice.sinks.deadletter.DeadLetterTable} appends them to one Delta
 * table of the lake.
 */
@NullMarked
package dev.sluice.sinks.deadletter;

import org.jspecify.annotations.NullMarked;
