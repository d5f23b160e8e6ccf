package dev.sluice.cdc.event;

import java.io.Serializable;

/**
 * Names a captured table.
 *
 * @param source name of the source, equal to the topic prefix, for example {@code shop}
 * @param schema database schema, for example {@code public}
 * @param table table name as the database spells it
 */
public record DatasetId(String source, String schema, String table) implements Serializable, Comparable<DatasetId> {

    /** The topic that carries this dataset: {@code source.schema.table}. */
    public String topic() {
        return source + "." + schema + "." + table;
    }

    @Override
    public int compareTo(DatasetId other) {
        return topic().compareTo(other.topic());
    }

    @Override
    public String toString() {
        return topic();
    }
}
