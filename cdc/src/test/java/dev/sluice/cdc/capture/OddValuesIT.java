package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that other captures stumble over, snapshot and stream alike. */
class OddValuesIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "timestamptz      | 'infinity'",
                "timestamp        | '-infinity'",
                "interval         | '1 year 2 days -3.000001 sec'",
                "time             | '24:00:00'",
                "timetz           | '24:00:00+00'",
                "timetz           | '12:00:00.5+05:30:15'",
                "timetz(3)        | '00:00:00-15:59:59'",
                "zoned            | '24:00:00-07'",
                "timetz[]         | '{24:00:00+00,NULL}'",
                "double precision | '-Infinity'",
                "tsvector         | 'a b c'",
                "int4range        | '[1,5)'",
                "inet             | '10.0.0.1/8'",
                "xml              | '<a/>'",
                "bit(3)           | '101'",
                "point            | '(1,2)'",
                "money            | '12.34'",
                "text[]           | '{a,NULL,\"b,c\"}'",
                "mood             | 'fine'",
                "pair             | '(1,x)'",
                "short_text       | 'abc'"
            })
    void capturesTheSameFromSnapshotAndStream(String type, String literal) throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of("public.odd"),
                "CREATE TYPE mood AS ENUM ('fine', 'sad')",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE DOMAIN short_text AS varchar(5)",
                "CREATE DOMAIN zoned AS timetz",
                "CREATE TABLE odd (id int PRIMARY KEY, v " + type + ")",
                "INSERT INTO odd VALUES (1, " + literal.strip() + ")");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database().run("INSERT INTO odd VALUES (2, " + literal.strip() + ")");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> source.operations("public.odd").equals("rc")
                            || capture.failure().isPresent());

            assertThat(capture.failure()).isEmpty();
            assertThat(value(source, 0)).isEqualTo(value(source, 1));
        }
    }

    /** The engine itself has no placeholder for these arrays. */
    @Test
    void marksAnUnchangedLargeArrayOfNumbersByThePlaceholderUnlessTheWholeRowIsLogged() throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of("public.odd"),
                "CREATE TABLE odd (id int PRIMARY KEY, n int, v float8[])",
                "ALTER TABLE odd REPLICA IDENTITY FULL",
                "INSERT INTO odd SELECT 1, 1, array_agg(random()) FROM generate_series(1, 5000)");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database()
                    .run(
                            "UPDATE odd SET n = 2",
                            "ALTER TABLE odd REPLICA IDENTITY DEFAULT",
                            "UPDATE odd SET n = 3",
                            "UPDATE odd SET v = NULL");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> source.operations("public.odd").equals("ruuu")
                            || capture.failure().isPresent());

            assertThat(capture.failure()).isEmpty();
        }
        assertThat(value(source, 1)).isEqualTo(value(source, 0)).startsWith("{0.");
        assertThat(value(source, 2)).isEqualTo(StateFolder.placeholder(folder).orElseThrow());
        assertThat(value(source, 3)).isEqualTo("null");
    }

    private static String value(TestSource source, int change) {
        GenericRecord row =
                (GenericRecord) source.changes("public.odd").get(change).get("after");
        return String.valueOf(row.get("v"));
    }

    /** A large value that an update left alone is marked by a text that no user can know. */
    @Test
    void marksAnUnchangedLargeValueByThePlaceholderOfThisFolder() throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of("public.odd"),
                "CREATE TABLE odd (id int PRIMARY KEY, n int, v text, b bytea)",
                "ALTER TABLE odd ALTER v SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTERNAL");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database()
                    .run(
                            "INSERT INTO odd VALUES (1, 1, repeat('x', 9000), decode(repeat('ab', 9000), 'hex'))",
                            "UPDATE odd SET n = 2");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> source.operations("public.odd").equals("cu"));
        }
        String placeholder = StateFolder.placeholder(folder).orElseThrow();
        GenericRecord row = (GenericRecord) source.changes("public.odd").get(1).get("after");

        assertThat(row.get("v")).hasToString(placeholder);
        assertThat(row.getSchema().getFields().stream().map(Schema.Field::name).collect(Collectors.toList()))
                .containsExactly("id", "n", "v", "b");
        assertThat(new String(((java.nio.ByteBuffer) row.get("b")).array(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(placeholder);
    }
}
