package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.access.DatabaseTls.Mode;
import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.testkit.TestAuthority;
import dev.sluice.cdc.testkit.TestPostgres;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that asks for TLS, whose certificate names localhost and no address. */
class DatabaseTlsIT {
    private static final String TABLE = "public.customers";

    @TempDir
    private static Path files;

    @TempDir
    Path folder;

    private static TestAuthority right;
    private static TestAuthority.Identity role;
    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        right = TestAuthority.create(files, "right");
        TestAuthority.create(files, "wrong");
        role = right.issue("postgres");
        TestAuthority.Identity server = right.issue("server", "localhost");
        postgres = TestPostgres.start(Map.of(
                "wal_level",
                "logical",
                "ssl",
                "on",
                "ssl_cert_file",
                server.certificate().toString(),
                "ssl_key_file",
                server.key().toString(),
                "ssl_ca_file",
                right.certificate().toString()));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private TestSource source(String host, DatabaseTls tls) {
        TestSource source = TestSource.create(
                folder, List.of(TABLE), postgres, "CREATE TABLE customers (id int PRIMARY KEY, name text)");
        CaptureConfig config = source.config();
        PostgresDatabase plain = config.source().database();
        PostgresDatabase database =
                new PostgresDatabase(host, plain.port(), plain.name(), plain.user(), Secret.of("unused"), tls);
        return source.with(new CaptureConfig(
                new CaptureConfig.CapturedSource(
                        config.source().name(), database, config.source().tables()),
                config.replication(),
                config.transport(),
                config.retry(),
                config.stateFolder()));
    }

    @Test
    void capturesOverVerifiedConnectionsOnly() throws Exception {
        DatabaseTls tls = new DatabaseTls(Mode.VERIFY_FULL, right.certificate(), role.certificate(), role.key());
        TestSource source = source("localhost", tls);
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database().run("INSERT INTO customers VALUES (1,'a')");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> source.operations(TABLE).equals("c"));

            assertThat(source.database()
                            .query("SELECT DISTINCT s.ssl || ' ' || s.client_dn FROM pg_stat_ssl s"
                                    + " JOIN pg_stat_activity a USING (pid) WHERE a.datname = current_database()"
                                    + " AND a.pid <> pg_backend_pid()"))
                    .as("the connections of engine and watch")
                    .containsExactly("true /CN=postgres");
            assertThat(capture.failure()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, VERIFY_FULL, wrong, does not lead to a known authority",
        "localhost, VERIFY_CA, wrong, does not lead to a known authority",
        "localhost, VERIFY_FULL, , does not lead to a known authority",
        "127.0.0.1, VERIFY_FULL, right, is for another host name",
    })
    void refusesAServerThatDoesNotProveItsIdentity(String host, Mode mode, String authority, String why) {
        Path root = authority == null ? null : files.resolve(authority + ".pem");
        TestSource source = source(host, new DatabaseTls(mode, root, null, null));
        try (DebeziumCapture capture = source.capture()) {
            Throwable failure = catchThrowable(() -> capture.completion().get(60, TimeUnit.SECONDS));

            assertThat(failure).hasCauseInstanceOf(CaptureException.class);
            assertThat(failure.getCause()).hasMessageStartingWith("CDC-050").hasMessageContaining(why);
        }
        assertThat(CaptureCheck.run(source.config()))
                .singleElement()
                .matches(Finding::fails)
                .satisfies(finding -> assertThat(finding.what()).contains(why));
        assertThat(source.database()
                        .query("SELECT slot_name FROM pg_replication_slots WHERE database =" + " current_database()"))
                .isEmpty();
    }

    @Test
    void acceptsAnotherHostNameWhenOnlyTheAuthorityIsAsked() throws Exception {
        PostgresDatabase database = source(
                        "127.0.0.1", new DatabaseTls(Mode.VERIFY_CA, right.certificate(), null, null))
                .config()
                .source()
                .database();

        assertThat(database.connect()).satisfies(connection -> {
            assertThat(connection.isValid(5)).isTrue();
            connection.close();
        });
    }
}
