package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.embedded.PostgresAccess;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database of the user, and a pipeline file without a transport: broker and registry are parts of the home. The
 * home's path has blanks. The commands follow each other as a user's would.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnDatabaseIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static EmbeddedRuntime elsewhere;
    private static PostgresAccess source;
    private static Path home;
    private static Path pipeline;

    @BeforeAll
    static void prepare() throws IOException, SQLException {
        elsewhere = EmbeddedRuntime.start(Home.open(folder.resolve("the source")), EnumSet.of(Part.POSTGRES));
        source = elsewhere.postgres();
        sql("CREATE TABLE customers (id bigint PRIMARY KEY, full_name text, city text)");
        sql("ALTER TABLE customers REPLICA IDENTITY FULL");
        sql("GRANT SELECT ON customers TO sluice");
        sql("CREATE PUBLICATION sluice_shop FOR TABLE customers");
        sql("INSERT INTO customers SELECT n, 'Ana cnry0000000a', 'Porto' FROM generate_series(1, 50) n");
        home = folder.resolve("a home with blanks");
        pipeline = Files.writeString(
                folder.resolve("my pipeline.yaml"),
                """
                apiVersion: sluice/v1
                name: shop
                source:
                  type: postgres
                  url: %s
                  user: sluice
                  password: ${file:%s}
                  tables: [public.customers]
                policy:
                  dir: %s
                  consumer: lake-analytics
                """
                        .formatted(source.jdbcUrl(), source.capture().file(), DemoHome.samplePolicy()));
    }

    @AfterAll
    static void stop() {
        elsewhere.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate --against-source", "doctor", "capture check"})
    @Order(0)
    void findsNothingWrongBeforeTheStart(String question) {
        List<Object> words = new ArrayList<>(List.of((Object[]) question.split(" ")));
        words.addAll(List.of("-f", pipeline, "--home", home));

        Cli answer = Cli.run(words.toArray());

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(home).doesNotExist();
    }

    @Test
    @Order(1)
    void governsItOnceWithoutABrokerOfTheUser() throws IOException {
        try (CommandProcess run =
                CommandProcess.start(folder, "run", "-f", pipeline.toString(), "--once", "--home", home.toString())) {
            assertThat(run.exitCode(LONG)).as(run.err()).isZero();
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).containsPattern("Done: tables 1, rows 50, dead letters 0, held 0, time \\d+ s\\.");
        }
        JsonNode status = Cli.json("status", "--home", home);
        assertThat(status.at("/gateway").asText()).isEqualTo("stopped");
        assertThat(status.at("/state").asText()).isEqualTo("STOPPED");
        assertThat(status.at("/applied").asLong()).isEqualTo(50);
        assertThat(status.at("/slot").asText()).isEqualTo("sluice_shop");
        assertThat(status.at("/slot_retained_bytes").isNumber()).isTrue();
        assertThat(status.at("/slot_warning").isNull()).isTrue();
        assertThat(Cli.json("table", "list", "--home", home)
                        .at("/0/current_rows")
                        .asInt())
                .isEqualTo(50);
        assertThat(CanaryScan.of(home).findings()).isEmpty();
        assertThat(log()).contains("\"step\":\"snapshot\"").contains("A batch was recorded");
    }

    @Test
    @Order(2)
    void refusesAnotherPipelineOnTheSameHome() throws IOException {
        Path other = folder.resolve("other.yaml");
        Files.writeString(other, Files.readString(pipeline).replace("name: shop", "name: stock"));

        try (CommandProcess run =
                CommandProcess.start(folder, "run", "-f", other.toString(), "--once", "--home", home.toString())) {
            assertThat(run.exitCode(LONG)).isEqualTo(1);
            assertThat(run.err()).contains("DEP-123").contains("belongs to pipeline shop");
        }

        JsonNode status = Cli.json("status", "--home", home);
        assertThat(status.at("/state").asText()).isEqualTo("FAILED");
        assertThat(status.at("/last_failure_code").asText()).isEqualTo("DEP-123");
        assertThat(status.at("/next").asText()).isEqualTo("sluice explain DEP-123");
        assertThat(log()).contains("\"causes\"");
    }

    @Test
    @Order(3)
    void stopsTheGatewayFromAnotherShellAndNothingIsLeft() throws IOException, SQLException {
        try (CommandProcess run =
                CommandProcess.start(folder, "run", "-f", pipeline.toString(), "--home", home.toString())) {
            run.awaitErr("The pipeline shop is running");
            Set<ProcessHandle> parts = run.handle().descendants().collect(Collectors.toSet());
            assertThat(parts).hasSizeGreaterThanOrEqualTo(2);
            sql("UPDATE customers SET city = 'Faro' WHERE id = 7");
            await().atMost(LONG)
                    .until(() -> Cli.json("table", "history", "customers", "--key", 7, "--home", home)
                                    .size()
                            == 2);
            assertThat(Cli.json("status", "--home", home).at("/state").asText()).isEqualTo("STREAMING");

            JsonNode shown = Cli.json("stop", "--show", "--home", home);
            assertThat(shown.at("/pid").asLong()).isEqualTo(run.handle().pid());
            assertThat(run.handle().isAlive()).isTrue();
            assertThat(Cli.run("stop", "--home", home).code()).isZero();

            assertThat(run.exitCode(LONG)).isZero();
            await().atMost(LONG).until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
        }
        assertThat(Cli.json("stop", "--home", home).at("/gateway").asText()).isEqualTo("no process holds the home");
    }

    @Test
    @Order(4)
    void resetsWhatItHasShownFirst() throws IOException, SQLException {
        Cli shown = Cli.run("reset", "--home", home, "-f", pipeline, "-o", "json");
        assertThat(shown.code()).isZero();
        assertThat(shown.json().findValuesAsText("act")).contains("delete", "move", "drop");
        assertThat(shown.err()).contains("Nothing was changed");
        assertThat(home.resolve("lake")).isDirectory();

        Cli done = Cli.run("reset", "--home", home, "-f", pipeline, "--yes");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.err()).contains("Dropped the replication slot sluice_shop");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside.filter(path -> path.getFileName().toString().startsWith("a home with blanks-evidence-")))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.resolve("ledger").resolve("checkpoint"))
                            .exists());
        }
        try (Connection owner = source.connect(source.owner());
                Statement statement = owner.createStatement();
                ResultSet slots = statement.executeQuery("SELECT count(*) FROM pg_replication_slots")) {
            slots.next();
            assertThat(slots.getInt(1)).isZero();
        }
    }

    private static void sql(String statement) throws SQLException {
        try (Connection owner = source.connect(source.owner());
                Statement run = owner.createStatement()) {
            run.execute(statement);
        }
    }

    private static String log() throws IOException {
        return Files.readString(home.resolve("logs").resolve("sluice.jsonl"));
    }
}
