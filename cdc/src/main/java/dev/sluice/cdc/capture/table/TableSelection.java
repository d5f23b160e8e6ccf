package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says which tables a pipeline names: some by exact name, some by pattern. A table is named when an exact name is its
 * name, or when a pattern matches it and no exclusion does. Exclusions take nothing from exact names. Says also which
 * columns tell the rows of a table apart, where the pipeline names them.
 *
 * @param entries exact names, patterns and exclusions, in any order
 * @param keys the columns that are the key, in order, by table; the primary key is the key of every other table
 */
public record TableSelection(List<TableEntry> entries, Map<TableName, List<String>> keys) {

    public TableSelection {
        entries = List.copyOf(entries);
        keys = keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, key -> List.copyOf(key.getValue())));
    }

    /** A selection that names no key. */
    public TableSelection(List<TableEntry> entries) {
        this(entries, Map.of());
    }

    /** Exactly these tables. */
    public static TableSelection exactly(Collection<TableName> tables) {
        return new TableSelection(tables.stream().map(TableEntry::exactly).toList());
    }

    /** Exactly these tables, with the keys that are named. */
    public TableSelection only(Collection<TableName> tables) {
        return new TableSelection(exactly(tables).entries(), keys);
    }

    /** The columns that are named as the key of that table, in order; empty when none are named. */
    public List<String> key(TableName table) {
        return keys.getOrDefault(table, List.of());
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

    /**
     * Those of the tables that can have raw topics beside each other. A broker takes two names that differ in points
     * and underscores only for one; then the first table keeps its topic.
     *
     * @param read tables that have a topic already, and go first
     */
    public static List<TableName> withTopics(Collection<TableName> tables, Set<String> read) {
        Map<String, TableName> byTopic = new TreeMap<>();
        tables.stream()
                .filter(TableName::fitsTopic)
                .sorted(Comparator.comparing((TableName table) -> !read.contains(table.toString()))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(table -> byTopic.putIfAbsent(table.inTopics(), table));
        return byTopic.values().stream().sorted().toList();
    }
}
