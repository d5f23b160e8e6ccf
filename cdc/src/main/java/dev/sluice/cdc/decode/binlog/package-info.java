/**
 * What envelopes of connectors for MySQL and MariaDB have of their own.
 *
 * <p>In here: {@link dev.sluice.cdc.decode.binlog.Binlog} reads positions and refuses zero dates.
 *
 * <p>May come in: what only envelopes of a binary log have. What all envelopes have goes to {@code cdc.decode}.
 *
 * <p>May use: {@code cdc.decode.avro}, {@code cdc.event}.
 */
@NullMarked
package dev.sluice.cdc.decode.binlog;

import org.jspecify.annotations.NullMarked;
