package dev.sluice.cdc.capture.value;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.postgres.ValueColumns;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the engine's settings that let {@link ExactConverter} see every value exactly. */
public final class ValueSettings {

    private static final String NAME = "exact";
    private static final String RAW_TIMES = "raw-times";
    private static final String OVERRIDES = "snapshot.select.statement.overrides";

    private ValueSettings() {}

    /** Adds the settings. */
    public static void add(Properties settings, String placeholder, Map<TableName, ValueColumns> columns) {
        settings.setProperty("converters", NAME);
        settings.setProperty(NAME + ".type", ExactConverter.class.getName());
        settings.setProperty(NAME + "." + ExactConverter.PLACEHOLDER, placeholder);
        settings.setProperty(NAME + "." + ExactConverter.NESTED, lines(columns, ValueColumns::nested));
        settings.setProperty(NAME + "." + ExactConverter.LABELS, lines(columns, ValueColumns::labels));
        settings.setProperty("post.processors", RAW_TIMES);
        settings.setProperty("post.processors." + RAW_TIMES + ".type", RawTimes.class.getName());
        // Snapshot and stream show intervals inside of arrays, and bytes, in one form whatever the database is set to.
        settings.setProperty("database.options", "-c IntervalStyle=postgres -c bytea_output=hex");
        Map<String, String> dated = new TreeMap<>();
        columns.forEach((table, special) -> {
            if (!special.dates().isEmpty()) {
                dated.put(table.toString(), select(table, special.dates()));
            }
        });
        if (!dated.isEmpty()) {
            settings.setProperty(OVERRIDES, String.join(",", dated.keySet()));
            dated.forEach((table, select) -> settings.setProperty(OVERRIDES + "." + table, select));
        }
    }

    /** The chosen columns of every table, one a line, each after the name of its table. */
    private static String lines(Map<TableName, ValueColumns> columns, Function<ValueColumns, List<String>> chosen) {
        return columns.entrySet().stream()
                .flatMap(table -> chosen.apply(table.getValue()).stream().map(column -> table.getKey() + "." + column))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Reads dates a second time, as text: the driver reads a date into a calendar that has no days from 5 to 14 October
     * 1582. The engine keeps the last of two columns of one name.
     */
    private static String select(TableName table, List<String> dates) {
        return "SELECT t.*, "
                + dates.stream()
                        .map(TableName::quote)
                        .map(name -> "t." + name + "::text AS " + name)
                        .collect(Collectors.joining(", "))
                + " FROM " + table.quoted() + " t";
    }
}
