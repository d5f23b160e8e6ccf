package dev.sluice.cdc.capture.postgres;

import java.util.regex.Pattern;

/**
 * Names a table by its exact name, case included.
 *
 * @param schema schema
 * @param table table
 */
public record TableName(String schema, String table) implements Comparable<TableName> {

    private static final Pattern IN_A_TOPIC = Pattern.compile("[A-Za-z0-9_-]+");

    public TableName {
        if (schema.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException("A table is written as schema.table.");
        }
    }

    /**
     * Reads {@code schema.table}; the schema ends at the first dot.
     *
     * @throws IllegalArgumentException when there is no dot, or nothing on a side of it
     */
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("A table is written as schema.table, not as " + text + ".");
        }
        return new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** Whether a raw topic can have the name of the table. */
    public boolean fitsTopic() {
        return IN_A_TOPIC.matcher(schema).matches() && IN_A_TOPIC.matcher(table).matches();
    }

    /** The name as a broker compares the names of topics: points and underscores are one. */
    public String inTopics() {
        return toString().replace('.', '_');
    }

    /** The name for use in SQL. */
    public String quoted() {
        return quote(schema) + "." + quote(table);
    }

    /** An identifier for use in SQL. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public int compareTo(TableName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
