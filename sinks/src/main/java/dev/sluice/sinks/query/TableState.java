package dev.sluice.sinks.query;

/**
 * Describes a history table.
 *
 * @param name path below the lake, {@code consumer/table}
 * @param location folder or URI
 * @param version newest Delta version
 * @param rows number of versions
 * @param currentRows number of versions that still hold
 */
public record TableState(String name, String location, long version, long rows, long currentRows) {}
