package dev.sluice.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.access.BrokerAccess;
import dev.sluice.cdc.access.BrokerAccess.Mechanism;
import dev.sluice.cdc.access.RegistryAccess;
import dev.sluice.cdc.capture.CaptureConfig.TopicSettings;
import dev.sluice.deploy.batch.PlannedRecords;
import dev.sluice.deploy.embedded.SecuredBroker;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.delta.SparkSessions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway asks a broker that wants a login, and reads its records with Spark. */
class SecuredBrokerIT {

    private static final String PASSWORD = "hidden-word";
    private static final String TOPIC = "shop.public.customers";

    @TempDir
    private static Path folder;

    private static String bootstrap;

    @BeforeAll
    static void fill() throws IOException, InterruptedException, ExecutionException {
        Path broker = Files.createTempDirectory("sluice-secured");
        bootstrap = SecuredBroker.start(broker, "sluice", PASSWORD);
        secret("right", PASSWORD);
        secret("wrong", "another-word");
        try (Admin admin = Admin.create(Map.copyOf(client("right")))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.copyOf(client("right")), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>(TOPIC, ("row" + i).getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }

    private static void secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Map<String, String> client(String password) {
        BrokerAccess.Login login = new BrokerAccess.Login(Mechanism.PLAIN, "sluice", folder.resolve(password));
        return new Pipeline.Transport(
                        bootstrap,
                        new BrokerAccess(false, null, null, login),
                        URI.create("http://127.0.0.1"),
                        RegistryAccess.OPEN,
                        TopicSettings.STANDARD)
                .client();
    }

    @Test
    void readsRecordsAndShowsNoSecretInPlansAndEvents() {
        SparkSession spark = SparkSessions.local(folder.resolve("scratch"), 2);
        Queue<String> shown = new ConcurrentLinkedQueue<>();
        spark.sparkContext().addSparkListener(new SparkListener() {
            @Override
            public void onOtherEvent(SparkListenerEvent event) {
                shown.add(String.valueOf(event));
            }

            @Override
            public void onJobStart(SparkListenerJobStart job) {
                shown.add(job + " " + job.properties());
            }
        });
        Dataset<Row> records = PlannedRecords.over(spark, client("right")).of(plan());

        assertThat(records.select("value").collectAsList())
                .extracting(row -> new String((byte[]) row.get(0), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(
                        IntStream.range(0, 3).mapToObj(i -> "row" + i).toList());
        String plans = records.queryExecution().toString();
        spark.stop();

        assertThat(shown.toString()).contains("SQLExecutionStart").doesNotContain(PASSWORD);
        assertThat(plans + client("right")).doesNotContain(PASSWORD);
    }

    private static BatchPlan plan() {
        try (TopicAdmin topics = new TopicAdmin(client("right"))) {
            SourcePartition partition =
                    topics.extents(List.of(TOPIC)).keySet().iterator().next();
            return new BatchPlan(new BatchId("g", 0), List.of(new SourceRange(partition, 0, 3)));
        }
    }

    @Test
    void saysThatTheBrokerRefusedTheLogin() {
        try (TopicAdmin topics = new TopicAdmin(client("wrong"), Duration.ofSeconds(20))) {
            assertThatThrownBy(topics::existing)
                    .hasMessageStartingWith("DEP-320")
                    .hasMessageContaining("SaslAuthentication")
                    .hasMessageNotContaining("another-word");
        }
    }
}
