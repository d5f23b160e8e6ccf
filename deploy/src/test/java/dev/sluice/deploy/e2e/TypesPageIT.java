package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.deploy.truth.KernelReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page {@code docs/types.md} says what the tables hold of each type: a table with a column of every type of {@code
 * types.yaml} goes through the gateway, once by its snapshot and once by its stream. {@code -Dsluice.write.docs=true}
 * writes the page.
 */
class TypesPageIT {

    private static final Path PAGE = Path.of("docs", "types.md");
    private static final int STREAMED = 100;

    private static final String HEAD =
            """
            # Types

            What becomes of each type of PostgreSQL in a governed table, with values as SQL writes them and as another
            reader reads them from the table. A snapshot and the stream give the same. `TypesPageIT` writes this page
            from the tables and fails when the page says something else; a policy may treat the value further.

            | PostgreSQL | in the table | value in the database | value in the table |
            |---|---|---|---|
            """;

    private static final String FOOT =
            """

            `mood` is an enumeration, `price` a domain over `numeric(8,2)`, `pair` a composite type. A time without zone
            is in microseconds since midnight. A type that is not here is a string with the text of the server.

            A value that the type of the table cannot hold makes the record a [dead letter](dead-letters.md) with the
            exact value in it: infinite dates and timestamps and times of 24:00 (`TEMPORAL_RANGE`), `NaN` and infinity
            in a `numeric` (`NUMERIC_NAN`), arrays of other dimensions than declared (`ARRAY_SHAPE`).
            """;

    @TempDir
    private static Path folder;

    /**
     * A type of the page.
     *
     * @param type the type as a column declares it
     * @param values values in SQL
     */
    private record Shown(String type, List<String> values) {}

    @Test
    void thePageSaysWhatTheTablesHold() throws IOException, SQLException {
        List<Shown> all = all();
        try (GovernedSource source = GovernedSource.start(folder)) {
            source.sql(
                    "CREATE TYPE mood AS ENUM ('fine', 'sad')",
                    "CREATE TYPE pair AS (a int, b text)",
                    "CREATE DOMAIN price AS numeric(8,2)",
                    "CREATE TABLE shown (id int PRIMARY KEY, "
                            + IntStream.range(0, all.size())
                                    .mapToObj(i -> "c" + i + " " + all.get(i).type())
                                    .collect(Collectors.joining(", "))
                            + ")");
            source.table(
                    "shown",
                    IntStream.range(0, all.size()).mapToObj(i -> "c" + i).toArray(String[]::new));
            insert(source, all, 0);
            source.once(0);
            insert(source, all, STREAMED);
            source.once(0);

            Path table = source.home().resolve("lake/lake-analytics/shop.public.shown");
            String page = page(all, KernelReader.types(table), byId(table));
            if (Boolean.getBoolean("sluice.write.docs")) {
                Files.writeString(PAGE, page);
            }
            assertThat(Files.readString(PAGE)).isEqualTo(page);
        }
    }

    private static List<Shown> all() throws IOException {
        try (InputStream file = TypesPageIT.class.getResourceAsStream("/types.yaml")) {
            return new YAMLMapper().readValue(file, new TypeReference<List<Shown>>() {});
        }
    }

    private static void insert(GovernedSource source, List<Shown> all, int offset) throws SQLException {
        int most = all.stream().mapToInt(shown -> shown.values().size()).max().orElseThrow();
        for (int row = 0; row < most; row++) {
            int at = row;
            source.sql("INSERT INTO shown VALUES (" + (offset + row) + ", "
                    + all.stream()
                            .map(shown ->
                                    at < shown.values().size() ? shown.values().get(at) : "NULL")
                            .collect(Collectors.joining(", "))
                    + ")");
        }
    }

    private static Map<Integer, Map<String, String>> byId(Path table) throws IOException {
        Map<Integer, Map<String, String>> byId = new TreeMap<>();
        KernelReader.rows(table).forEach(row -> byId.put(Integer.valueOf(row.get("id")), row));
        return byId;
    }

    private static String page(List<Shown> all, Map<String, String> types, Map<Integer, Map<String, String>> rows) {
        StringBuilder page = new StringBuilder(HEAD);
        for (int i = 0; i < all.size(); i++) {
            String column = "c" + i;
            List<String> values = all.get(i).values();
            for (int row = 0; row < values.size(); row++) {
                String stored = rows.get(row).get(column);
                assertThat(rows.get(STREAMED + row).get(column))
                        .as("streamed " + all.get(i).type() + " " + values.get(row))
                        .isEqualTo(stored)
                        .isNotNull();
                page.append(
                        row == 0
                                ? "| " + code(all.get(i).type()) + " | " + code(name(types.get(column))) + " | "
                                : "| | | ");
                page.append(code(values.get(row)))
                        .append(" | ")
                        .append(code(stored))
                        .append(" |\n");
            }
        }
        return page + FOOT;
    }

    /** The name of the type as SQL engines write it. */
    private static String name(String type) {
        return type.toLowerCase(Locale.ROOT).replace('[', '<').replace(']', '>').replace(", ", ",");
    }

    private static String code(String text) {
        return text.isEmpty() ? "(empty)" : "`" + text.replace("|", "\\|") + "`";
    }
}
