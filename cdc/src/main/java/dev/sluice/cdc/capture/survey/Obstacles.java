package dev.sluice.cdc.capture.survey;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says why a table cannot be captured, {@code CDC-230} to {@code CDC-238}. */
final class Obstacles {

    /** What pipeline file, topic, record format and history table can hold alike. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Obstacles() {}

    /**
     * What the server says about a relation apart from its structure.
     *
     * @param kind what it is: r table, p partitioned table, v view, m materialized view, f foreign table
     * @param persistence how the server keeps it: p permanent, u unlogged, t temporary
     * @param extension the extension that owns the relation, empty when there is none
     * @param inherited whether ordinary tables inherit from it
     */
    record Relation(String kind, String persistence, String extension, boolean inherited) {}

    /** Every obstacle of that table; empty when the table can be captured. */
    static List<Finding> of(TableName table, Relation relation, TableStructure structure, List<String> columns) {
        Optional<Finding> unfit = unfit(table, relation);
        if (unfit.isPresent()) {
            return List.of(unfit.get());
        }
        List<Finding> obstacles = new ArrayList<>();
        if (relation.persistence().equals("u")) {
            obstacles.add(Finding.warn(
                    "CDC-231",
                    place(table),
                    "The table is unlogged, so its changes are not in the log.",
                    "ALTER TABLE " + table.quoted() + " SET LOGGED"));
        }
        if (relation.inherited()) {
            obstacles.add(Finding.warn(
                    "CDC-238",
                    place(table),
                    "Other tables inherit from the table, and their changes never come under its name.",
                    "Capture the tables that inherit, each under its own name."));
        }
        if (structure.key().isEmpty()) {
            obstacles.add(Finding.warn(
                    "CDC-230",
                    place(table),
                    "The table has no primary key, or a deferrable one, so its updates and deletes belong to no row. A"
                            + " unique index over columns without null serves, too, as REPLICA IDENTITY USING INDEX.",
                    "ALTER TABLE " + table.quoted() + " ADD PRIMARY KEY (...)"));
        }
        names(table, columns).ifPresent(obstacles::add);
        return List.copyOf(obstacles);
    }

    private static Optional<Finding> unfit(TableName table, Relation relation) {
        if (!relation.extension().isEmpty()) {
            return Optional.of(Finding.note(
                    "CDC-237", place(table), "The table belongs to the extension " + relation.extension() + "."));
        }
        if (relation.persistence().equals("t")) {
            return Optional.of(Finding.note("CDC-232", place(table), "The table is temporary."));
        }
        return switch (relation.kind()) {
            case "v", "m" -> Optional.of(Finding.note(
                    "CDC-234", place(table), "It is a view; the log holds the changes of the tables beneath."));
            case "f" -> Optional.of(Finding.note(
                    "CDC-233", place(table), "The table is foreign; its changes are in the log of another server."));
            case "p" -> Optional.of(Finding.note(
                    "CDC-236",
                    place(table),
                    "The table is partitioned; its partitions are captured, each under its own name. A partition that"
                            + " is made later must be added."));
            default -> Optional.empty();
        };
    }

    private static Optional<Finding> names(TableName table, List<String> columns) {
        List<String> odd = new ArrayList<>();
        for (String name : List.of(table.schema(), table.table())) {
            if (!NAME.matcher(name).matches()) {
                odd.add(shown(name));
            }
        }
        Set<String> lower = new HashSet<>();
        for (String column : columns) {
            if (!lower.add(column.toLowerCase(Locale.ROOT))) {
                odd.add(shown(column));
            }
        }
        return odd.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        "CDC-235",
                        place(table),
                        "The pipeline cannot hold these names: " + String.join(", ", odd) + ".",
                        "Rename them: tables with letters, digits and underscores, and no two columns that differ"
                                + " only in upper and lower case."));
    }

    private static String shown(String name) {
        return '"' + name.replaceAll("\\p{Cntrl}", "\uFFFD") + '"';
    }

    private static Place place(TableName table) {
        return Place.of(table.toString().replaceAll("\\p{Cntrl}", "\uFFFD"));
    }
}
