package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableEntry;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables whose rows are not told apart by a primary key: which are taken, under which keys, and which are held. */
class KeyedTableIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String FULL = "ALTER TABLE t REPLICA IDENTITY FULL";
    private static final String INDEX = "CREATE UNIQUE INDEX by_number ON t (tenant, \"No. 1,2;3:4\")";
    private static final String NUMBER = "No. 1,2;3:4";
    private static final List<String> NAMED = List.of("tenant", NUMBER);

    @TempDir
    Path folder;

    private int rows;

    private static Arguments held(String code, String message, String... statements) {
        return Arguments.of(code, message, List.of(statements));
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                held("CDC-130", "CREATE UNIQUE INDEX CONCURRENTLY ON \"public\".\"t\" (\"tenant\", \"" + NUMBER, FULL),
                held("CDC-130", "CREATE UNIQUE INDEX", FULL, INDEX + " WHERE v > 0"),
                held("CDC-130", "CREATE UNIQUE INDEX", FULL, "CREATE UNIQUE INDEX ON t (tenant)"),
                held(
                        "CDC-130",
                        "CREATE UNIQUE INDEX",
                        FULL,
                        "CREATE UNIQUE INDEX ON t (tenant, \"" + NUMBER + "\", v)"),
                held("CDC-130", "CREATE UNIQUE INDEX", FULL, INDEX.replace("(tenant", "(lower(tenant)")),
                held(
                        "CDC-130",
                        "checked at once",
                        FULL,
                        "ALTER TABLE t ADD UNIQUE (tenant, \"" + NUMBER + "\") DEFERRABLE"),
                held(
                        "CDC-130",
                        "ALTER COLUMN \"tenant\" SET NOT NULL",
                        FULL,
                        INDEX,
                        "ALTER TABLE t ALTER tenant DROP NOT NULL"),
                held("CDC-130", "has no column [tenant]", FULL, INDEX, "ALTER TABLE t RENAME tenant TO owner"),
                held("CDC-022", "REPLICA IDENTITY FULL", INDEX),
                held("CDC-022", "REPLICA IDENTITY FULL", INDEX, "ALTER TABLE t REPLICA IDENTITY NOTHING"),
                held("CDC-023", "REPLICA IDENTITY FULL", INDEX, "ALTER TABLE t ADD COLUMN id serial PRIMARY KEY"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void holdsATableWhoseNamedColumnsTellNoRowsApart(String code, String message, List<String> statements) {
        TestSource source = source(NAMED, statements);

        goesOn(source, Map.of("public.t", code));

        assertThat(StateFolder.held(folder).get(TableName.parse("public.t"))).hasMessageContaining(message);
        assertThat(source.raw("public.t")).isEmpty();
    }

    static Stream<Arguments> fit() {
        String using = "ALTER TABLE t REPLICA IDENTITY USING INDEX by_number";
        return Stream.of(
                Arguments.of("columns and whole rows", NAMED, List.of(INDEX, FULL)),
                Arguments.of("columns and their index", NAMED, List.of(INDEX, using)),
                Arguments.of("an index alone", List.of(), List.of(INDEX, using)),
                Arguments.of(
                        "an index beside others",
                        List.of(),
                        List.of(
                                "CREATE UNIQUE INDEX a_first ON t (v)",
                                "CREATE UNIQUE INDEX b_partial ON t (tenant) WHERE v < 0",
                                INDEX,
                                using)),
                Arguments.of(
                        "an index beside a deferrable key",
                        List.of(),
                        List.of("ALTER TABLE t ADD COLUMN id serial PRIMARY KEY DEFERRABLE", INDEX, using)),
                Arguments.of(
                        "columns beside a primary key",
                        NAMED,
                        List.of("ALTER TABLE t ADD COLUMN id serial PRIMARY KEY", INDEX, FULL)),
                Arguments.of(
                        "the primary key",
                        List.of(),
                        List.of("ALTER TABLE t ADD PRIMARY KEY (tenant, \"" + NUMBER + "\")")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fit")
    void writesEveryChangeUnderTheKey(String name, List<String> named, List<String> statements) {
        TestSource source = source(named, statements);
        goesOn(source, Map.of());
        source.database()
                .run(
                        "INSERT INTO t VALUES ('a', 2, 3)",
                        "UPDATE t SET v = 4 WHERE v = 3",
                        "UPDATE t SET tenant = 'b' WHERE v = 4");
        goesOn(source, Map.of());
        source.database().run("DELETE FROM t WHERE tenant = 'b'", "INSERT INTO t VALUES ('a', 2, 5)");
        goesOn(source, Map.of());

        assertThat(keys(source)).containsExactly("r a 1", "c a 2", "u a 2", "d a 2", "c b 2", "d b 2", "c a 2");
    }

    @Test
    void holdsATableWhoseNamedKeyIsAnotherNow() {
        List<String> statements =
                List.of(INDEX, FULL, "CREATE UNIQUE INDEX ON t (v)", "ALTER TABLE t ALTER v SET NOT NULL");
        TestSource source = source(NAMED, statements);
        goesOn(source, Map.of());
        source.database().run("INSERT INTO t VALUES ('a', 2, 3)");

        goesOn(keyed(source, List.of("v")), Map.of("public.t", "CDC-047"));
        goesOn(source, Map.of("public.t", "CDC-047"));
        assertThat(keys(source)).startsWith("r a 1").doesNotContain("c 3");
    }

    /** Records before the renaming have the old name, and records behind it the new one. */
    @Test
    void holdsATableOfWhichANamedColumnWasRenamed() {
        TestSource source = source(List.of(), List.of(INDEX, "ALTER TABLE t REPLICA IDENTITY USING INDEX by_number"));
        goesOn(source, Map.of());
        source.database()
                .run(
                        "INSERT INTO t VALUES ('a', 2, 3)",
                        "ALTER TABLE t RENAME tenant TO owner",
                        "INSERT INTO t VALUES ('a', 3, 3)");

        goesOn(source, Map.of("public.t", "CDC-047"));
        assertThat(keys(source)).containsExactly("r a 1");
    }

    @Test
    void holdsATableThatLosesTheIndexOfItsNamedKeyWhileItRuns() {
        TestSource source = source(NAMED, List.of(INDEX, FULL));
        try (DebeziumCapture capture = source.capture()) {
            await().atMost(LONG).until(() -> capture.snapshotCompleted().isDone());
            source.database()
                    .run("DROP INDEX by_number", "INSERT INTO t VALUES ('a', 1, 3)", "INSERT INTO fine VALUES (1)");
            await().atMost(LONG)
                    .until(() -> sound(source) == 1 || capture.failure().isPresent());
            assertThat(capture.failure()).isEmpty();
        }

        assertThat(codes()).isEqualTo(Map.of("public.t", "CDC-130"));
        assertThat(keys(source)).containsExactly("r a 1");
    }

    /** Operation and key of each change. A start may write the last changes again, at their positions. */
    private static List<String> keys(TestSource source) {
        return source.raw("public.t").stream()
                .filter(record -> record.value() != null)
                .map(record -> change(source.read(record.key()), source.read(record.value())))
                .distinct()
                .map(change -> change.substring(change.indexOf(' ') + 1))
                .toList();
    }

    private static String change(GenericRecord key, GenericRecord change) {
        String parts = key.getSchema().getFields().stream()
                .map(field -> " " + key.get(field.pos()))
                .collect(Collectors.joining());
        return ((GenericRecord) change.get("source")).get("lsn") + " " + change.get("op") + parts;
    }

    private static long sound(TestSource source) {
        return source.changes("public.fine").stream()
                .map(change -> ((GenericRecord) change.get("after")).get("id"))
                .distinct()
                .count();
    }

    private TestSource source(List<String> named, List<String> statements) {
        TestSource source = TestSource.create(
                folder,
                List.of("public.fine", "public.t"),
                "CREATE TABLE fine (id int PRIMARY KEY)",
                "CREATE TABLE t (tenant text NOT NULL, \"" + NUMBER + "\" int NOT NULL, v int)",
                "INSERT INTO t VALUES ('a', 1, 1)");
        statements.forEach(source.database()::run);
        return keyed(source, named);
    }

    private static TestSource keyed(TestSource source, List<String> named) {
        CaptureConfig config = source.config();
        Map<TableName, List<String>> keys = named.isEmpty() ? Map.of() : Map.of(TableName.parse("public.t"), named);
        TableSelection selection = new TableSelection(
                Stream.of("public.fine", "public.t").map(TableEntry::parse).toList(), keys);
        return source.with(new CaptureConfig.CapturedSource(
                config.source().name(), config.source().database(), selection));
    }

    /** Starts capture, which holds these tables and writes the next row of the sound table. */
    private void goesOn(TestSource source, Map<String, String> held) {
        try (DebeziumCapture capture = source.capture()) {
            await().atMost(LONG)
                    .until(() -> capture.snapshotCompleted().isDone()
                            || capture.failure().isPresent());
            rows++;
            source.database().run("INSERT INTO fine VALUES (" + rows + ")");
            await().atMost(LONG)
                    .until(() -> sound(source) == rows || capture.failure().isPresent());
            assertThat(capture.failure()).isEmpty();
            assertThat(codes()).isEqualTo(held);
        }
    }

    private Map<String, String> codes() {
        Map<String, String> codes = new TreeMap<>();
        StateFolder.held(folder).forEach((table, cause) -> codes.put(table.toString(), cause.code()));
        return codes;
    }
}
