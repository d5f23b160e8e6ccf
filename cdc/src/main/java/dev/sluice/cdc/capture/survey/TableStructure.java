package dev.sluice.cdc.capture.survey;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds key, identity and size of a surveyed table.
 *
 * @param key columns of the primary key in order, else of the unique index that is the replica identity; empty when
 *     there is neither
 * @param identity replica identity: d default, f full, i index, n nothing
 * @param whole the partitioned table of which this table is a partition, null when it is none; read it with {@link
 *     #partitionOf()}
 * @param estimatedRows rows as the server estimates them, -1 when the server does not know
 * @param comment the comment that the database keeps, empty when there is none
 */
public record TableStructure(
        List<String> key, String identity, @Nullable TableName whole, long estimatedRows, String comment) {

    public TableStructure {
        key = List.copyOf(key);
    }

    /** The partitioned table of which this table is a partition. */
    public Optional<TableName> partitionOf() {
        return Optional.ofNullable(whole);
    }
}
