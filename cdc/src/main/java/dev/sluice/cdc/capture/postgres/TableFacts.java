package dev.sluice.cdc.capture.postgres;

import java.util.List;

/**
 * Describes a table as the server shows it.
 *
 * @param kind pg_class.relkind: r table, p partitioned table, v view and so on
 * @param primaryKey whether it has a primary key
 * @param identity replica identity: d default, f full, i index, n nothing
 * @param readable whether the connected role may select from it
 * @param columns names of its columns in order
 */
public record TableFacts(String kind, boolean primaryKey, String identity, boolean readable, List<String> columns) {

    public TableFacts {
        columns = List.copyOf(columns);
    }
}
