package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.truth.KernelReader;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The tables of the cases, in the source and in the lake. */
final class PublicCaseTables {

    static final String HEALTHY = "public.healthy";
    private static final String NULL = "~";
    private static final String GONE = "-";
    private static final Duration LONG = Duration.ofMinutes(12);

    private final GovernedSource source;
    private final Map<String, List<String>> keys = new TreeMap<>();

    PublicCaseTables(GovernedSource source) {
        this.source = source;
    }

    /** The table with its schema. */
    static String qualified(String table) {
        return table.contains(".") ? table : "public." + table;
    }

    /** A column of the source, with the SQL that writes its text. */
    private record Column(String name, String text) {}

    /** Takes the tables of the cases into publication, policy and pipeline. */
    void publish(List<PublicCase.Named> cases) throws SQLException, IOException {
        List<String> published = new ArrayList<>(List.of(HEALTHY));
        source.sql("GRANT SELECT ON " + HEALTHY + " TO sluice");
        source.governed(HEALTHY, List.of("id"), List.of("note"), Map.of());
        keys.put(HEALTHY, List.of("id"));
        for (PublicCase.Named each : cases) {
            source.matching(each.content().entries());
        }
        for (Map.Entry<String, PublicCase.Expected> each : all(cases).entrySet()) {
            if (!each.getValue().later()) {
                govern(each.getKey(), each.getValue());
            }
            if (each.getValue().published()) {
                published.add(quoted(each.getKey()));
            }
        }
        source.sql("CREATE PUBLICATION sluice_shop FOR TABLE " + String.join(", ", published)
                + " WITH (publish_generated_columns = stored)");
    }

    /** Takes the tables into policy and pipeline that come after the first start. */
    void nameTheOthers(List<PublicCase.Named> cases) throws SQLException, IOException {
        for (Map.Entry<String, PublicCase.Expected> each : all(cases).entrySet()) {
            if (each.getValue().later()) {
                govern(each.getKey(), each.getValue());
            }
        }
    }

    private static Map<String, PublicCase.Expected> all(List<PublicCase.Named> cases) {
        Map<String, PublicCase.Expected> all = new LinkedHashMap<>();
        cases.forEach(each -> each.content().tables().forEach((table, it) -> all.put(qualified(table), it)));
        return all;
    }

    private void govern(String table, PublicCase.Expected expected) throws SQLException, IOException {
        String schema = table.substring(0, table.indexOf('.'));
        source.sql("GRANT USAGE ON SCHEMA " + schema + " TO sluice", "GRANT SELECT ON " + quoted(table) + " TO sluice");
        List<String> key = query("SELECT attname FROM pg_index i JOIN pg_attribute ON attrelid = indrelid"
                + " AND attnum = ANY (indkey) WHERE indrelid = '" + quoted(table) + "'::regclass AND (indisprimary OR"
                + " indisreplident AND NOT EXISTS (SELECT FROM pg_index p WHERE p.indisprimary"
                + " AND p.indrelid = i.indrelid)) ORDER BY array_position(indkey::smallint[], attnum)");
        keys.put(table, key.isEmpty() ? List.of("id") : key);
        if (!expected.key().isEmpty()) {
            keys.put(table, expected.key());
            source.keyed(table, expected.key());
        }
        List<String> columns = columns(table, Map.of()).stream()
                .map(Column::name)
                .filter(name -> !keys.get(table).contains(name))
                .collect(Collectors.toList());
        columns.addAll(expected.more());
        if (expected.matched()) {
            source.catalogued(table, keys.get(table), columns, expected.tags());
        } else {
            source.governed(table, keys.get(table), columns, expected.tags());
        }
    }

    private static String quoted(String table) {
        return "\"" + table.replace("\"", "\"\"").replaceFirst("\\.", "\".\"") + "\"";
    }

    /** Waits until the lake holds the last change of that row. */
    void awaitHealthy(CommandProcess gateway, int row) {
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .failFast("the gateway has ended", () -> !gateway.handle().isAlive())
                .ignoreException(TableNotFoundException.class)
                .until(() -> newest(row).equals("after") && newest(-1).equals("closed"));
    }

    private String newest(int row) throws IOException {
        List<String> notes = histories(HEALTHY, List.of("note")).getOrDefault(String.valueOf(row), List.of(""));
        return notes.get(notes.size() - 1);
    }

    /** Every row up to that one has come, and each of its two changes is a version. */
    void assertHealthy(int rows) throws IOException {
        Map<String, List<String>> expected = new TreeMap<>();
        IntStream.rangeClosed(1, rows).forEach(row -> expected.put(String.valueOf(row), List.of("before", "after")));
        expected.put("0", List.of("after"));
        Map<String, List<String>> stored = histories(HEALTHY, List.of("note"));
        stored.remove("-1");

        assertThat(stored).isEqualTo(expected);
    }

    void assertHistory(String table, PublicCase.Expected expected) throws IOException {
        Map<String, List<String>> stored = histories(table, expected.show());
        assertThat(stored.entrySet().stream()
                        .filter(each -> expected.history().containsKey(each.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .as("versions of " + table + ", of " + stored.size() + " keys")
                .isEqualTo(expected.history());
        if (!expected.steps().isEmpty()) {
            assertSteps(table, expected.steps());
        }
    }

    private void assertSteps(String table, String column) throws IOException {
        histories(table, List.of(column)).forEach((key, versions) -> {
            List<String> shown =
                    versions.stream().filter(each -> !each.equals(GONE)).toList();
            int first = Integer.parseInt(shown.get(0));
            assertThat(shown)
                    .as("versions of " + table + " " + key)
                    .containsExactlyElementsOf(IntStream.range(first, first + shown.size())
                            .mapToObj(String::valueOf)
                            .toList());
        });
    }

    /** The current rows are those of the source. */
    void assertSame(String table, PublicCase.Expected expected) throws IOException, SQLException {
        List<Column> columns = columns(table, expected.as());
        List<Map<String, String>> current = lake(table).stream()
                .filter(version -> version.get("is_current").equals("true"))
                .toList();
        assertThat(current).as("columns of " + table).allSatisfy(row -> assertThat(row.keySet())
                .noneMatch(expected.without()::contains));
        columns.removeIf(column -> expected.without().contains(column.name()));
        List<String> stored = current.stream()
                .map(row -> columns.stream()
                        .map(column -> row.getOrDefault(column.name(), NULL))
                        .collect(Collectors.joining(" | ")))
                .sorted()
                .toList();
        String texts = columns.stream()
                .map(column -> "coalesce(" + column.text() + ", '" + NULL + "')")
                .collect(Collectors.joining(" || ' | ' || "));
        List<String> rows = query("SELECT " + texts + " FROM " + quoted(table));
        rows.sort(null);

        assertThat(stored).as("current rows of " + table).isEqualTo(rows);
        assertThat(rows).as("rows of " + table).hasSizeGreaterThanOrEqualTo(expected.rows());
    }

    /** The versions of every key, each as its columns with bars between; without a choice, the columns by name. */
    private Map<String, List<String>> histories(String table, List<String> chosen) throws IOException {
        List<String> key = keys.get(table);
        List<Map<String, String>> rows = lake(table);
        List<String> show = chosen.isEmpty() ? business(rows, key) : chosen;
        Map<String, List<Map<String, String>>> byKey = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> key.stream()
                                .map(column -> row.getOrDefault(column, NULL))
                                .collect(Collectors.joining(",")),
                        TreeMap::new,
                        Collectors.toList()));
        Map<String, List<String>> told = new TreeMap<>();
        byKey.forEach((value, versions) -> told.put(value, told(table + " " + value, versions, show)));
        return told;
    }

    private static List<String> told(String row, List<Map<String, String>> versions, List<String> show) {
        versions.sort(Comparator.comparing(version -> Instant.parse(version.get("valid_from"))));
        List<String> told = new ArrayList<>();
        String end = versions.get(0).get("valid_from");
        for (Map<String, String> version : versions) {
            assertThat(end).as(row + " has one open version, the last").isNotNull();
            Instant from = Instant.parse(version.get("valid_from"));
            assertThat(from).as(row + " has one version at a time").isAfterOrEqualTo(Instant.parse(end));
            if (!from.equals(Instant.parse(end))) {
                told.add(GONE);
            }
            told.add(show.stream()
                    .map(column -> version.getOrDefault(column, NULL))
                    .collect(Collectors.joining(" | ")));
            end = version.get("valid_to");
        }
        if (end != null) {
            told.add(GONE);
        }
        return told;
    }

    private static List<String> business(List<Map<String, String>> rows, List<String> key) {
        Set<String> technical = Set.of("valid_from", "valid_to", "is_current");
        return rows.stream()
                .flatMap(row -> row.keySet().stream())
                .filter(name -> !name.startsWith("_") && !technical.contains(name) && !key.contains(name))
                .distinct()
                .sorted()
                .toList();
    }

    private List<Map<String, String>> lake(String table) throws IOException {
        Path folder = source.home().resolve("lake/lake-analytics/shop." + table);
        return folder.toFile().exists() ? KernelReader.rows(folder) : List.of();
    }

    private List<Column> columns(String table, Map<String, String> as) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (String line : query("SELECT format_type(atttypid, atttypmod) || ' / ' || attname FROM pg_attribute"
                + " WHERE attnum > 0 AND NOT attisdropped AND attrelid = '" + quoted(table)
                + "'::regclass ORDER BY attnum")) {
            String name = line.substring(line.indexOf(" / ") + 3);
            String column = "\"" + name.replace("\"", "\"\"") + "\"";
            // A decimal of the lake has the scale of its column, so zeros at the end say nothing.
            boolean decimal = line.startsWith("numeric(") && !line.contains("]");
            String text = decimal ? "trim_scale(" + column + ")::text" : column + "::text";
            columns.add(new Column(name, as.getOrDefault(name, text)));
        }
        return columns;
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection owner = source.connect();
                Statement statement = owner.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
