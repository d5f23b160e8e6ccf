package dev.sluice.cdc.capture.survey;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.List;

/**
 * Describes a foreign key of a table.
 *
 * @param columns columns of the table that holds the foreign key, in order
 * @param target the table that the foreign key points to
 * @param targetColumns the column of the target for each of the columns
 */
public record ForeignKey(List<String> columns, TableName target, List<String> targetColumns) {

    public ForeignKey {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        if (columns.isEmpty() || columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException("a foreign key has as many columns as it points to, and at least one");
        }
    }

    /** The column of the target that this column points to. */
    public String targetOf(String column) {
        return targetColumns.get(columns.indexOf(column));
    }
}
