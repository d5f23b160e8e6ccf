package dev.sluice.sinks.query;

/**
 * Describes a history table.
 *
 * @param name path below the lake, {@code output/table}
 * @param location folder or URI
 * @param version newest Delta version
 * @param rows versions of keys
 * @param currentRows keys that exist in the source
 */
public record TableState(String name, String location, long version, long rows, long currentRows) {}
