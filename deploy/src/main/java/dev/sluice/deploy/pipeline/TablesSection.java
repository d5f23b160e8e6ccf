package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.capture.table.TableEntry;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the setting {@code source.tables}: exact names, patterns and exclusions. */
final class TablesSection {

    private static final String KEY = "tables";

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
        return new Pipeline.NamedTables(selection, section.places);
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
