package dev.sluice.cdc.capture.postgres;

/**
 * Identifies the server, so that capture notices another one.
 *
 * @param system identifier given by initdb, kept by physical copies
 * @param timeline timeline of the current write position
 * @param database object id of the database
 * @param written current write position
 */
public record ServerFacts(String system, long timeline, long database, Lsn written) {}
