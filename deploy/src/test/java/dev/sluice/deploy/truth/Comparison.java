package dev.sluice.deploy.truth;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds a lake to the truth, version by version and value by value. What the two say of a version is one line of text
 * each; lines that only one of them has are the differences.
 */
public final class Comparison {

    private final Truth truth;
    private final Map<String, List<Map<String, String>>> tables = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private Comparison(Truth truth) {
        this.truth = truth;
    }

    /** Reads every table of a lake. */
    public static Comparison of(Truth truth, Path lake) throws IOException {
        Comparison comparison = new Comparison(truth);
        for (Map.Entry<String, Path> table : KernelReader.tables(lake).entrySet()) {
            comparison.tables.put(table.getKey(), KernelReader.rows(table.getValue()));
        }
        return comparison;
    }

    /** The versions that the lake must hold, except those about these erased persons. */
    public List<String> expected(Set<String> erased) {
        return truth.versions().stream()
                .filter(version -> !erased.contains(Policy.person(version.table(), Policy.open(version))))
                .map(version -> line(version.table(), Policy.open(version), version.from(), version.to()))
                .sorted()
                .toList();
    }

    /** The versions that it holds. */
    public List<String> stored() {
        List<String> lines = new ArrayList<>();
        tables.forEach(
                (table, rows) -> rows.forEach(row -> lines.add(line(table, business(table, row), from(row), to(row)))));
        lines.sort(null);
        return lines;
    }

    /**
     * What is wrong beyond the values: intervals that overlap, a second current row, a moment outside its transaction,
     * a secret column that shows its value or does not tell values apart.
     */
    public List<String> faults() {
        faults.clear();
        tables.forEach((table, rows) -> {
            rows.forEach(row -> moments(table, row));
            Map<String, List<Map<String, String>>> byKey = new HashMap<>();
            rows.forEach(row -> byKey.computeIfAbsent(row.get("_key"), key -> new ArrayList<>())
                    .add(row));
            byKey.values().forEach(history -> intervals(table, history));
            for (String column : Policy.DROPPED.getOrDefault(table, List.of())) {
                if (rows.stream().anyMatch(row -> row.containsKey(column))) {
                    faults.add(table + "." + column + " must not be there");
                }
            }
        });
        secrets();
        return List.copyOf(faults);
    }

    /** Pairs of clear and shown values of secret columns that {@link #faults} could look at. */
    public int pairs() {
        return paired().values().stream().mapToInt(Map::size).sum();
    }

    private void moments(String table, Map<String, String> row) {
        Instant from = Instant.parse(row.get("valid_from"));
        boolean current = Boolean.parseBoolean(row.get("is_current"));
        if (!from(row).equals(Truth.SNAPSHOT) && !holds(from(row), from)) {
            faults.add(table + " " + row.get("_seq") + ": valid_from is not when its transaction committed");
        }
        if (current != !row.containsKey("valid_to")) {
            faults.add(table + " " + row.get("_seq") + ": is_current and valid_to disagree");
        }
        if (!current && !holds(to(row), Instant.parse(row.get("valid_to")))) {
            faults.add(table + " " + row.get("_seq") + ": valid_to is not when its transaction committed");
        }
    }

    private boolean holds(String transaction, Instant moment) {
        Truth.Window window = truth.windows().get(transaction);
        return window != null && window.holds(moment);
    }

    private void intervals(String table, List<Map<String, String>> history) {
        history.sort((a, b) -> a.get("_seq").compareTo(b.get("_seq")));
        String end = "";
        for (Map<String, String> row : history) {
            Instant from = Instant.parse(row.get("valid_from"));
            if (end == null || (!end.isEmpty() && from.isBefore(Instant.parse(end)))) {
                faults.add(table + " " + row.get("_seq") + ": begins before the version before it ends");
            }
            end = row.get("valid_to");
            if (end != null && !from.isBefore(Instant.parse(end))) {
                faults.add(table + " " + row.get("_seq") + ": has no width");
            }
        }
    }

    private void secrets() {
        Map<String, String> clearByShown = new HashMap<>();
        paired().forEach((column, shownByClear) -> shownByClear.forEach((clear, shown) -> {
            String value = clear.substring(clear.indexOf('/') + 1);
            if (shown.size() != 1) {
                faults.add(column + ": one value is shown as " + shown.size());
            }
            for (String each : shown) {
                if (each.contains(value)) {
                    faults.add(column + ": is shown in clear");
                }
                String other = clearByShown.putIfAbsent(column + each, clear);
                if (other != null && !other.equals(clear)) {
                    faults.add(column + ": two values are shown as one");
                }
            }
        }));
    }

    /** By column, then person and clear value: what it is shown as. Only versions that one line tells apart from all. */
    private Map<String, Map<String, Set<String>>> paired() {
        Map<String, Truth.Version> expected = new LinkedHashMap<>();
        Set<String> ambiguous = new TreeSet<>();
        for (Truth.Version version : truth.versions()) {
            String line = line(version.table(), Policy.open(version), version.from(), version.to());
            if (expected.put(line, version) != null) {
                ambiguous.add(line);
            }
        }
        expected.keySet().removeAll(ambiguous);
        Map<String, Map<String, Set<String>>> pairs = new TreeMap<>();
        tables.forEach((table, rows) -> rows.forEach(row -> {
            Map<String, String> business = business(table, row);
            Truth.Version version = expected.get(line(table, business, from(row), to(row)));
            if (version != null) {
                Policy.secret(version).forEach((column, clear) -> pairs.computeIfAbsent(
                                table + "." + column, c -> new TreeMap<>())
                        .computeIfAbsent(Policy.scope(table, column, business) + "/" + clear, c -> new TreeSet<>())
                        .add(row.getOrDefault(column, "")));
            }
        }));
        return pairs;
    }

    private static Map<String, String> business(String table, Map<String, String> row) {
        Map<String, String> business = new TreeMap<>(row);
        business.keySet()
                .removeIf(name -> name.startsWith("_")
                        || Set.of("valid_from", "valid_to", "is_current").contains(name)
                        || Policy.SECRET.getOrDefault(table, List.of()).contains(name));
        return business;
    }

    private static String line(String table, Map<String, String> columns, String from, String to) {
        return table + " " + columns + " from " + from + " to " + (to.isEmpty() ? "now" : to);
    }

    private static String from(Map<String, String> row) {
        return row.get("_op").equals("r") ? Truth.SNAPSHOT : transaction(row.get("_provenance.transaction"));
    }

    private static String to(Map<String, String> row) {
        return transaction(row.getOrDefault("_provenance.closed_by.transaction", ""));
    }

    /** The source writes a transaction as its number and, after a colon, the position of its record. */
    private static String transaction(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }
}
