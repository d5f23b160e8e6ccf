package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cdc.capture.check.CaptureCheckCode;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.embedded.PostgresAccess;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** What the command line says of a source that is not ready helps to make it ready. */
class SourceCheckIT {

    private static final int FAULTS = 3;

    @TempDir
    private static Path folder;

    private Path pipeline;

    @Test
    void everyFaultComesWithWhatToRunAndRunningItHelps() throws IOException, SQLException {
        try (EmbeddedRuntime runtime =
                EmbeddedRuntime.start(Home.open(folder.resolve("source")), EnumSet.of(Part.POSTGRES))) {
            PostgresAccess source = runtime.postgres();
            prepare(source);
            pipeline = pipeline(source);

            try (Connection other = source.connect(source.owner());
                    Connection replication = replication(source)) {
                run(
                        other,
                        "CREATE PUBLICATION sluice_shop FOR TABLE granted, hidden, keyless",
                        "SELECT pg_create_logical_replication_slot('sluice_shop', 'pgoutput')");
                PGReplicationStream held = hold(replication);
                run(other, "ALTER ROLE sluice NOREPLICATION");
                Map<String, JsonNode> wrong = problems(FAULTS, "capture", "check");

                assertThat(wrong)
                        .containsOnlyKeys(
                                "ROLE_REPLICATION",
                                "SLOT_IN_USE",
                                "TABLE_GRANT",
                                "TABLE_KEY",
                                "REPLICA_IDENTITY public.granted",
                                "REPLICA_IDENTITY public.hidden",
                                "REPLICA_IDENTITY public.keyless");
                assertThat(problems(FAULTS, "doctor").keySet()).containsAll(wrong.keySet());
                assertThat(problems(FAULTS, "validate", "--against-source").keySet())
                        .containsAll(wrong.keySet());
                held.close();
                repair(other, wrong);
            }

            assertThat(problems(0, "capture", "check")).isEmpty();
            assertThat(problems(0, "doctor")).isEmpty();
            aPatternThatMatchesNothingIsNamedWithItsLine();
        }
        assertThat(problems(FAULTS, "capture", "check")).containsOnlyKeys("CONNECTION");
    }

    private void aPatternThatMatchesNothingIsNamedWithItsLine() throws IOException {
        String text = Files.readString(pipeline);
        String entries = "\n    - public.grant??\n    - public.hid*\n    - public.key*\n    - pubic.*";
        Files.writeString(pipeline, text.replace("[public.granted, public.hidden, public.keyless]", entries));
        for (String command : List.of("check", "")) {
            Map<String, JsonNode> found = command.isEmpty() ? problems(0, "doctor") : problems(0, "capture", command);
            assertThat(found).containsOnlyKeys("TABLE_PATTERN");
            assertThat(found.get("TABLE_PATTERN").at("/place").asText()).endsWith("pipeline.yaml:12");
        }
        Files.writeString(pipeline, text);
    }

    private static void repair(Connection owner, Map<String, JsonNode> wrong) throws SQLException {
        run(owner, "ALTER TABLE keyless ADD PRIMARY KEY (a)");
        for (Map.Entry<String, JsonNode> problem : wrong.entrySet()) {
            boolean forAPerson = problem.getKey().matches("TABLE_KEY|SLOT_IN_USE");
            if (!forAPerson) {
                run(owner, problem.getValue().at("/fix").asText());
            }
        }
        assertThat(wrong.get("TABLE_KEY").at("/fix").asText()).contains("ADD PRIMARY KEY");
        assertThat(wrong.get("SLOT_IN_USE").at("/fix").asText()).contains("pg_terminate_backend");
    }

    private static void prepare(PostgresAccess source) throws SQLException {
        try (Connection owner = source.connect(source.owner())) {
            run(
                    owner,
                    "CREATE TABLE granted (id bigint PRIMARY KEY)",
                    "CREATE TABLE hidden (id bigint PRIMARY KEY)",
                    "CREATE TABLE keyless (a bigint NOT NULL)",
                    "GRANT SELECT ON granted, keyless TO sluice");
        }
    }

    private static Path pipeline(PostgresAccess source) throws IOException {
        return Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                apiVersion: sluice/v1
                name: shop
                source:
                  type: postgres
                  url: %s
                  user: sluice
                  password: ${file:%s}
                  tables: [public.granted, public.hidden, public.keyless]
                transport:
                  bootstrap: 127.0.0.1:1
                  registry: http://127.0.0.1:1
                policy:
                  dir: %s
                  consumer: lake-analytics
                """
                        .formatted(source.jdbcUrl(), source.capture().file(), DemoHome.samplePolicy()));
    }

    private static Connection replication(PostgresAccess source) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", source.owner().user());
        properties.setProperty("password", source.owner().password());
        properties.setProperty("replication", "database");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(source.jdbcUrl(), properties);
    }

    private static PGReplicationStream hold(Connection replication) throws SQLException {
        return replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName("sluice_shop")
                .withSlotOption("proto_version", "1")
                .withSlotOption("publication_names", "sluice_shop")
                .start();
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String name(String code) {
        return Stream.of(CaptureCheckCode.values())
                .filter(check -> check.code().equals(code))
                .findFirst()
                .map(CaptureCheckCode::name)
                .orElse(code);
    }

    /** What is not as it should be, by name of the check, with the table where one code is there for several. */
    private Map<String, JsonNode> problems(int exitCode, String... command) {
        Object[] words = new Object[command.length + 6];
        System.arraycopy(command, 0, words, 0, command.length);
        Object[] options = {"-f", pipeline, "--home", folder.resolve("home"), "-o", "json"};
        System.arraycopy(options, 0, words, command.length, options.length);
        Cli answer = Cli.run(words);
        Map<String, JsonNode> problems = new LinkedHashMap<>();
        for (JsonNode finding : answer.json()) {
            String code = name(finding.at("/code").asText());
            if (!finding.at("/level").asText().equals("OK")) {
                assertThat(finding.at("/fix").asText()).as(code).isNotEmpty();
                String table = finding.at("/place").asText().replace("table ", "");
                problems.put(code.equals("REPLICA_IDENTITY") ? code + " " + table : code, finding);
            }
        }
        assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(exitCode);
        return problems;
    }
}
