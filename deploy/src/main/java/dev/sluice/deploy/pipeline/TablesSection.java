package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableEntry;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the settings {@code source.tables}, which are exact names, patterns and exclusions, and {@code source.keys},
 * which are columns by table.
 */
final class TablesSection {

    private static final String KEY = "tables";
    private static final String KEYS = "keys";

    private final Settings source;
    private final boolean captured;
    private final List<TableEntry> entries = new ArrayList<>();
    private final Map<String, Finding.Place> places = new TreeMap<>();

    private TablesSection(Settings source) {
        this.source = source;
        this.captured = source.isWord("type", "postgres");
    }

    /** The tables that the section {@code source} names. */
    static Pipeline.NamedTables of(Settings source) {
        TablesSection section = new TablesSection(source);
        source.items(KEY).forEach(section::read);
        TableSelection selection = new TableSelection(section.entries);
        section.refuseIdleExclusions(selection);
        TableSelection keyed = new TableSelection(section.entries, section.keys(selection));
        return new Pipeline.NamedTables(keyed, section.places);
    }

    private Map<TableName, List<String>> keys(TableSelection selection) {
        if (!source.has(KEYS)) {
            return Map.of();
        }
        if (!captured) {
            source.report(KEYS, "must be left out unless type is postgres; the key of a record of others is as it is");
        }
        Settings section = source.section(KEYS);
        Map<TableName, List<String>> keys = new TreeMap<>();
        for (String written : section.names()) {
            key(section, written, selection).ifPresent(table -> keys.put(table, columns(section, written)));
        }
        section.rejectUnknown();
        return keys;
    }

    private static Optional<TableName> key(Settings section, String written, TableSelection selection) {
        TableEntry entry;
        try {
            entry = TableEntry.parse(written);
        } catch (IllegalArgumentException e) {
            section.report(written, "each must be schema.table with a list of its columns, for example public.orders");
            return Optional.empty();
        }
        if (entry.isPattern() || entry.excludes() || !selection.names(entry.name())) {
            section.report(written, "must be one table that source.tables names, exactly or by a pattern");
            return Optional.empty();
        }
        return Optional.of(entry.name());
    }

    private static List<String> columns(Settings section, String table) {
        List<String> columns = new ArrayList<>();
        for (Settings.Item item : section.items(table)) {
            if (columns.contains(item.text())) {
                section.report(item, table, "names the column " + item.text() + " twice");
            }
            columns.add(item.text());
        }
        return columns;
    }

    private void read(Settings.Item item) {
        TableEntry entry;
        try {
            entry = TableEntry.parse(item.text());
        } catch (IllegalArgumentException e) {
            source.report(item, KEY, "each must be schema.table, for example public.orders or public.*");
            return;
        }
        if (places.put(entry.toString(), item.place()) != null) {
            source.report(item, KEY, "names " + entry + " twice");
            return;
        }
        entries.add(entry);
        if (captured) {
            requireTopic(item, entry);
        } else if (entry.isPattern() || entry.excludes()) {
            source.report(
                    item,
                    KEY,
                    "has " + entry + ", but there is no catalog to look into unless type is postgres; name each table,"
                            + " and put a name that has such a character in quotation marks");
        }
    }

    private void requireTopic(Settings.Item item, TableEntry entry) {
        if (!entry.isPattern() && !entry.excludes() && !entry.name().fitsTopic()) {
            source.report(
                    item,
                    KEY,
                    "names " + entry + ", but a topic has letters from a to z, digits, - and _ only; rename the"
                            + " table or its schema, or leave the table out");
        }
    }

    private void refuseIdleExclusions(TableSelection selection) {
        if (captured && !selection.hasPatterns() && entries.stream().anyMatch(TableEntry::excludes)) {
            source.report(
                    KEY, "excludes tables, but no pattern names any; exclusions take tables out of patterns only");
        }
    }
}
