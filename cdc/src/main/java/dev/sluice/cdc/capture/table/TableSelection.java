package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Says which tables a pipeline names: some by exact name, some by pattern. A table is named when an exact name is its
 * name, or when a pattern matches it and no exclusion does. Exclusions take nothing from exact names.
 *
 * @param entries exact names, patterns and exclusions, in any order
 */
public record TableSelection(List<TableEntry> entries) {

    public TableSelection {
        entries = List.copyOf(entries);
    }

    /** Exactly these tables. */
    public static TableSelection exactly(Collection<TableName> tables) {
        return new TableSelection(tables.stream().map(TableEntry::exactly).toList());
    }

    /** Whether tables are named by patterns. */
    public boolean hasPatterns() {
        return entries.stream().anyMatch(entry -> entry.isPattern() && !entry.excludes());
    }

    /** The tables that are named exactly, in order. */
    public List<TableName> exact() {
        return entries.stream()
                .filter(entry -> !entry.isPattern() && !entry.excludes())
                .map(TableEntry::name)
                .sorted()
                .toList();
    }

    /** Whether that table is named. */
    public boolean names(TableName table) {
        return entries.stream().anyMatch(entry -> !entry.excludes() && !entry.isPattern() && entry.matches(table))
                || (entries.stream().anyMatch(entry -> !entry.excludes() && entry.matches(table))
                        && entries.stream().noneMatch(entry -> entry.excludes() && entry.matches(table)));
    }

    /** The tables that are named exactly, and those of the others that are named, in order. */
    public List<TableName> among(Collection<TableName> others) {
        TreeSet<TableName> named = new TreeSet<>(exact());
        others.stream().filter(this::names).forEach(named::add);
        return List.copyOf(named);
    }

    /** The patterns and exclusions that match none of these tables. */
    public List<TableEntry> idle(Collection<TableName> tables) {
        return entries.stream()
                .filter(entry -> entry.isPattern() || entry.excludes())
                .filter(entry -> tables.stream().noneMatch(entry::matches))
                .toList();
    }
}
