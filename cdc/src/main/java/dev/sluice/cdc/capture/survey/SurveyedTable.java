package dev.sluice.cdc.capture.survey;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.finding.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Describes a table of a source, a view or another relation that looks like one.
 *
 * @param name name
 * @param structure key, identity and size
 * @param columns columns in order
 * @param foreignKeys foreign keys by name
 * @param obstacles why the table cannot be captured; empty when it can
 */
public record SurveyedTable(
        TableName name,
        TableStructure structure,
        List<SurveyedColumn> columns,
        List<ForeignKey> foreignKeys,
        List<Finding> obstacles) {

    public SurveyedTable {
        columns = List.copyOf(columns);
        foreignKeys = List.copyOf(foreignKeys);
        obstacles = List.copyOf(obstacles);
    }

    /** Whether the table can be captured. */
    public boolean canBeCaptured() {
        return obstacles.isEmpty();
    }

    /** Whether the column belongs to the primary key. */
    public boolean isKey(String column) {
        return structure.key().contains(column);
    }

    /** The column of that name. */
    public Optional<SurveyedColumn> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }
}
