package dev.sluice.cdc.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real single-node KRaft broker in this JVM, without automatic topic creation. Thread-safe. */
public final class TestKafka implements AutoCloseable {
    /** The password of the SCRAM user sluice. */
    public static final String SCRAM_PASSWORD = "scram-hidden-word";

    private final Path folder;
    private final Map<String, Object> settings;
    private final Map<String, Object> client = new HashMap<>();
    private final int port;
    private KafkaRaftServer server;

    private TestKafka(Path folder, int port, Map<String, Object> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    }

    /** Formats a new log folder and starts a broker on it. */
    public static TestKafka start() {
        return start("PLAINTEXT", Map.of());
    }

    /** The same with that security protocol and further settings of the broker; knows the SCRAM user sluice. */
    public static TestKafka start(String protocol, Map<String, String> further) {
        try {
            Path folder = Files.createTempDirectory("sluice-kafka");
            int port = FreePorts.next();
            Map<String, Object> settings = settings(folder, port, FreePorts.next(), protocol);
            settings.putAll(further);
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(false)
                    .setScramArguments(List.of("SCRAM-SHA-512=[name=sluice,password=" + SCRAM_PASSWORD + "]"))
                    .setPrintStream(System.err)
                    .run();
            TestKafka kafka = new TestKafka(folder, port, settings);
            kafka.server.startup();
            return kafka;
        } catch (Exception e) {
            throw new IllegalStateException("no broker", e);
        }
    }

    private static Map<String, Object> settings(Path folder, int port, int controllerPort, String protocol) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listeners", protocol + "://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", protocol + "://127.0.0.1:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", protocol + ":" + protocol + ",CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", protocol);
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("num.io.threads", "2");
        settings.put("num.network.threads", "1");
        settings.put("background.threads", "1");
        settings.put("log.cleaner.enable", "false");
        return settings;
    }

    /** Sets with which further settings the clients of this object connect. */
    public TestKafka withClient(Map<String, String> further) {
        client.putAll(further);
        return this;
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Stops the broker and keeps its log. */
    public synchronized void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Starts the broker again on the same log and the same port. */
    public synchronized void restart() {
        server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
    }

    /** Names of all topics. */
    public List<String> topics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            return admin.listTopics().names().get().stream().sorted().toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The offset after the last record of the topic's first partition. */
    public long end(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> asking = new HashMap<>(client);
        asking.put("bootstrap.servers", bootstrap());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(asking, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    /** Every record that the topic's first partition holds now, in order. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        // The close of a consumer waits for its last fetch, which the broker holds for so long at the end of the topic.
        Map<String, Object> reading = new HashMap<>(client);
        reading.putAll(
                Map.of("bootstrap.servers", bootstrap(), "auto.offset.reset", "earliest", "fetch.max.wait.ms", 10));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).records(partition).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
