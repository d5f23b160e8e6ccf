package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.access.BrokerAccess;
import dev.sluice.cdc.access.BrokerAccess.Mechanism;
import dev.sluice.cdc.access.RegistryAccess;
import dev.sluice.cdc.registry.CachedSchemaRegistry;
import dev.sluice.cdc.registry.HttpSchemaRegistry;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.cdc.testkit.RegistryDoor;
import dev.sluice.cdc.testkit.TestAuthority;
import dev.sluice.cdc.testkit.TestKafka;
import dev.sluice.cdc.testkit.TestSource;
import dev.sluice.cdc.testkit.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

/** A broker that takes encrypted connections with a login only, and a registry behind HTTPS with a login. */
class SecuredTransportIT {
    private static final String TABLE = "public.customers";
    private static final String PLAIN_PASSWORD = "plain \"hidden\" word";
    private static final String BASIC = "Basic c2x1aWNlOnJlZ2lzdHJ5LXdvcmQ=";

    @TempDir
    private static Path files;

    @TempDir
    Path folder;

    private static TestAuthority authority;
    private static TestKafka kafka;
    private static RegistryDoor door;

    @BeforeAll
    static void start() throws IOException {
        authority = TestAuthority.create(files, "right");
        TestAuthority.create(files, "wrong");
        TestAuthority.Identity server = authority.issue("server", "127.0.0.1", "localhost");
        authority.issue("client");
        String login = "org.apache.kafka.common.security.%s required %s;";
        String quoted = PLAIN_PASSWORD.replace("\"", "\\\"");
        kafka = TestKafka.start(
                "SASL_SSL",
                Map.of(
                        "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        "listener.name.sasl_ssl.plain.sasl.jaas.config",
                                login.formatted(
                                        "plain.PlainLoginModule",
                                        "username=\"sluice\" password=\"" + quoted + "\" user_sluice=\"" + quoted
                                                + "\""),
                        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                                login.formatted("scram.ScramLoginModule", ""),
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.location", server.both().toString(),
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location", authority.certificate().toString(),
                        "ssl.client.auth", "requested"));
        secret("plain", PLAIN_PASSWORD);
        secret("scram", TestKafka.SCRAM_PASSWORD);
        secret("bad", "another word");
        secret("registry", "registry-word");
        secret("token", "token-word");
        door = RegistryDoor.open(server, TestStack.shared().registry().address(), BASIC);
    }

    @AfterAll
    static void stop() {
        door.close();
        kafka.close();
    }

    private static void secret(String name, String text) throws IOException {
        Path file = Files.writeString(files.resolve(name), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static BrokerAccess access(Mechanism mechanism, String password, String root) {
        return new BrokerAccess(
                true,
                files.resolve(root + ".pem"),
                files.resolve("client.both.pem"),
                new BrokerAccess.Login(mechanism, "sluice", files.resolve(password)));
    }

    private static RegistrySettings registry(String user, String secret, String root) {
        return RegistrySettings.at(door.address("127.0.0.1"))
                .withAccess(new RegistryAccess(
                        user,
                        files.resolve(secret).toFile(),
                        files.resolve(root + ".pem").toFile()));
    }

    private TestSource source(BrokerAccess access) {
        TestSource open = TestSource.create(folder, List.of(TABLE), "CREATE TABLE customers (id int PRIMARY KEY)");
        TestStack stack = open.stack();
        RegistrySettings registry = registry("sluice", "registry", "right");
        CaptureConfig config = open.config();
        CaptureConfig secured = new CaptureConfig(
                config.source(),
                config.replication(),
                new CaptureConfig.RawTransport(
                        kafka.bootstrap(), registry, CaptureConfig.TopicSettings.STANDARD, access.clientSettings()),
                config.retry(),
                config.stateFolder());
        return new TestSource(
                new TestStack(stack.postgres(), kafka.withClient(access.clientSettings()), stack.registry()),
                open.database(),
                secured,
                CachedSchemaRegistry.shared(registry));
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, plain", "SCRAM_SHA_512, scram"})
    void capturesOverEncryptedConnectionsWithALogin(Mechanism mechanism, String password) throws Exception {
        BrokerAccess access = access(mechanism, password, "right");
        TestSource source = source(access);
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database().run("INSERT INTO customers VALUES (1)");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> source.operations(TABLE).equals("c"));
            assertThat(capture.failure()).isEmpty();
        }
        assertThat(access.clientSettings().toString() + source.config() + registry("sluice", "registry", "right"))
                .as("what settings, logs and plans can show")
                .doesNotContain("hidden", "registry-word");
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, bad, right, SaslAuthentication",
        "SCRAM_SHA_512, bad, right, SaslAuthentication", //
        "PLAIN, plain, wrong, SslAuthentication"
    })
    void saysThatTheBrokerRefusedAndTriesAgain(Mechanism mechanism, String password, String root, String why) {
        TestSource source = source(access(mechanism, password, root));
        try (DebeziumCapture capture = source.capture()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> capture.trouble().isPresent());

            assertThat(capture.trouble().orElseThrow())
                    .hasMessageStartingWith("CDC-055")
                    .hasMessageContaining(why)
                    .hasMessageNotContaining("another word");
        }
    }

    @Test
    void logsInAtTheRegistryAndTrustsItsAuthorityOnly() {
        String subject = "secured-value";

        assertThat(new HttpSchemaRegistry(registry("sluice", "registry", "right")).find(subject, "\"string\""))
                .isEmpty();
        assertThatThrownBy(() -> new HttpSchemaRegistry(registry(null, "token", "right")).find(subject, "\"string\""))
                .hasMessageStartingWith("CDC-103")
                .hasMessageNotContaining("token-word");
        assertThat(door.logins()).endsWith(BASIC, "Bearer token-word");
        RegistrySettings untrusted = registry("sluice", "registry", "wrong").once(Duration.ofSeconds(5));
        assertThatThrownBy(() -> new HttpSchemaRegistry(untrusted).find(subject, "\"string\""))
                .hasMessageStartingWith("CDC-101");
        assertThat(door.logins()).hasSizeGreaterThanOrEqualTo(2).doesNotContain("null");
    }

    @Test
    void refusesASecretFileThatOthersCanRead() throws IOException {
        Path open = Files.writeString(files.resolve("open"), "word\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        RegistrySettings settings = registry("sluice", "open", "right").once(Duration.ofSeconds(5));

        assertThatThrownBy(() -> new HttpSchemaRegistry(settings).schema(1))
                .hasMessageStartingWith("CDC-113")
                .hasMessageContaining("chmod 600");
    }
}
