package dev.sluice.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.registry.HttpSchemaRegistry;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.cdc.registry.SchemaRegistry;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.process.ChildFailure;
import dev.sluice.deploy.embedded.process.Leftovers;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRuntimeIT {

    private static final String FIRST =
            """
            {"type":"record","name":"Person","fields":[{"name":"id","type":"long"}]}""";
    private static final String COLUMN_ADDED =
            """
            {"type":"record","name":"Person","fields":[{"name":"id","type":"long"},\
            {"name":"tier","type":["null","string"],"default":null}]}""";
    private static final String COLUMN_WITHOUT_DEFAULT =
            """
            {"type":"record","name":"Person","fields":[{"name":"id","type":"long"},{"name":"tier","type":"string"}]}""";

    @TempDir
    Path temp;

    @Test
    void keepsTheDataOfEveryPartFromStartToStartAndLeavesNoProcess() throws Exception {
        Home home = Home.open(temp.resolve("home"));
        String bootstrap;
        int schemaId;
        try (EmbeddedRuntime runtime = started(home)) {
            bootstrap = runtime.kafkaBootstrap();
            execute(runtime, runtime.postgres().owner(), "CREATE TABLE kept (id int PRIMARY KEY)");
            execute(runtime, runtime.postgres().owner(), "INSERT INTO kept VALUES (42)");
            createTopic(bootstrap, "kept");
            send(bootstrap, "kept", "one");
            schemaId = registry(runtime).register("kept-value", FIRST);
        }
        assertNothingRuns(home);
        assertThat(home.scratch()).isEmptyDirectory();

        try (EmbeddedRuntime runtime = started(home)) {
            assertThat(runtime.kafkaBootstrap()).isEqualTo(bootstrap);
            assertThat(number(runtime, "SELECT id FROM kept")).isEqualTo(42);
            assertThat(firstRecord(bootstrap, "kept")).contains("one");
            assertThat(registry(runtime).schema(schemaId)).isPresent();
            runtime.restart(Part.POSTGRES);
            assertThat(number(runtime, "SELECT id FROM kept")).isEqualTo(42);
            assertThat(failure(runtime)).isNotDone();
        }
        assertNothingRuns(home);
    }

    @Test
    void isSetUpForGovernedCapture() throws Exception {
        Home home = Home.open(temp.resolve("home"));
        try (EmbeddedRuntime runtime = started(home)) {
            assertThat(text(runtime, "SHOW wal_level")).isEqualTo("logical");
            assertThat(text(runtime, "SHOW fsync")).isEqualTo("on");
            assertThat(text(runtime, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(text(runtime, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(text(runtime, "SELECT rolsuper::text || rolreplication FROM pg_roles WHERE rolname = 'sluice'"))
                    .isEqualTo("falsetrue");

            PostgresAccess access = runtime.postgres();
            assertThatThrownBy(() -> access.connect(new Credential("postgres", "wrong", Path.of("none"))))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> send(runtime.kafkaBootstrap(), "nobody-made-this", "x"))
                    .hasMessageContaining("not present in metadata");

            SchemaRegistry registry = registry(runtime);
            registry.register("people-value", FIRST);
            assertThat(registry.compatible("people-value", COLUMN_ADDED)).isTrue();
            assertThat(registry.compatible("people-value", COLUMN_WITHOUT_DEFAULT))
                    .as("a table may change in any way")
                    .isTrue();
            assertPrivate(home);
        }
    }

    @Test
    void refusesASecondRuntimeOnTheSameHome() {
        Home home = Home.open(temp.resolve("home"));
        try (HomeLock lock = HomeLock.acquire(home)) {
            assertThat(HomeLock.isHeld(home)).isTrue();
            assertThatThrownBy(() -> HomeLock.acquire(home))
                    .isInstanceOf(DeployException.class)
                    .hasMessageContaining("DEP-110")
                    .hasMessageContaining(home.root().toString())
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
            assertThat(lock).isNotNull();
        }
        assertThat(HomeLock.isHeld(home)).isFalse();
    }

    private static EmbeddedRuntime started(Home home) {
        long start = System.nanoTime();
        EmbeddedRuntime runtime = EmbeddedRuntime.start(home);
        System.out.println("embedded parts up in "
                + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        return runtime;
    }

    private static void assertNothingRuns(Home home) {
        List<Path> folders = List.of(home.postgres(), EmbeddedPostgres.data(home), home.kafka(), home.registry());
        assertThat(Leftovers.in(folders)).isEmpty();
    }

    private static void assertPrivate(Home home) throws Exception {
        for (Path folder : List.of(home.root(), home.keys(), home.postgres(), home.kafka(), home.logs())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .as(folder.toString())
                    .isEqualTo("rwx------");
        }
        try (var files = Files.list(home.keys())) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    private static SchemaRegistry registry(EmbeddedRuntime runtime) {
        return new HttpSchemaRegistry(RegistrySettings.at(runtime.registryUrl()));
    }

    private static void execute(EmbeddedRuntime runtime, Credential role, String sql) throws SQLException {
        try (Connection connection = runtime.postgres().connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(EmbeddedRuntime runtime, String sql) throws SQLException {
        return Integer.parseInt(text(runtime, sql));
    }

    private static String text(EmbeddedRuntime runtime, String sql) throws SQLException {
        PostgresAccess access = runtime.postgres();
        try (Connection connection = access.connect(access.owner());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static void createTopic(String bootstrap, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    private static void send(String bootstrap, String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "max.block.ms", "3000"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static Optional<String> firstRecord(String bootstrap, String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            for (ConsumerRecord<String, String> one : consumer.poll(Duration.ofSeconds(20))) {
                return Optional.of(one.value());
            }
            return Optional.empty();
        }
    }

    private static CompletableFuture<ChildFailure> failure(EmbeddedRuntime runtime) {
        CompletableFuture<ChildFailure> failure = new CompletableFuture<>();
        runtime.onFailure(failure::complete);
        return failure;
    }
}
