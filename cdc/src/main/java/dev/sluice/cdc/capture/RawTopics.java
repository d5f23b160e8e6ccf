package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.cut.Cut;
import dev.sluice.cdc.capture.epoch.CaptureEpoch;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Creates, checks and empties the raw topics of one source: one topic per table, {@code <source>.transaction}, the
 * heartbeats and the cuts, each with one partition, which keeps the order of the source. The topics must exist with
 * known leaders before the engine starts, because a producer that writes to a topic under creation can lose its
 * sequence. Confined to one thread; {@link #close} it.
 */
public final class RawTopics implements AutoCloseable {
    private static final String HEARTBEATS = "__debezium-heartbeat";
    private static final long SECONDS = 30;

    private final CaptureConfig config;
    private final Admin admin;

    public RawTopics(CaptureConfig config) {
        this.config = config;
        Map<String, Object> settings = new HashMap<>(config.transport().client());
        settings.put("bootstrap.servers", config.transport().bootstrap());
        settings.put("request.timeout.ms", 10_000);
        settings.put("default.api.timeout.ms", 20_000);
        this.admin = Admin.create(settings);
    }

    /** The topic with begin and end of transactions. */
    static String transactions(String source) {
        return source + ".transaction";
    }

    /** The topic with heartbeats. */
    static String heartbeats(String source) {
        return HEARTBEATS + "." + source;
    }

    /** Names of all raw topics of the source. */
    List<String> names() {
        CaptureConfig.CapturedSource source = config.source();
        List<String> names = new ArrayList<>();
        config.withTopics().forEach(table -> names.add(source.topic(table)));
        names.add(transactions(source.name()));
        names.add(heartbeats(source.name()));
        names.add(Cut.topic(source.name()));
        return names;
    }

    /** Creates what is missing, waits for leaders, and refuses topics that would lose order or history. */
    void ensure() {
        Set<String> present =
                Set.copyOf(wait("listing topics", admin.listTopics().names()));
        List<NewTopic> missing = names().stream()
                .filter(name -> !present.contains(name))
                .map(this::topic)
                .toList();
        if (!missing.isEmpty()) {
            create(missing);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!led()) {
            if (System.nanoTime() > deadline) {
                throw CaptureErrors.brokerAway(config.transport().bootstrap(), "electing leaders", null);
            }
            Thread.onSpinWait();
        }
        refuseUnfit();
    }

    private void create(List<NewTopic> missing) {
        try {
            wait("creating topics", admin.createTopics(missing).all());
        } catch (CaptureException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private NewTopic topic(String name) {
        CaptureConfig.TopicSettings wanted = config.transport().topics();
        int replicas = wanted.replicas();
        Map<String, String> settings = new TreeMap<>();
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", Long.toString(wanted.retention().toMillis()));
        settings.put("retention.bytes", "-1");
        settings.put("max.message.bytes", Integer.toString(wanted.maxRecordBytes()));
        if (replicas == 1) {
            // There is only one copy of a record, so a confirmed record must be on disk.
            settings.put("flush.messages", "1");
        } else if (replicas > 2) {
            settings.put("min.insync.replicas", "2");
        }
        return new NewTopic(name, 1, (short) replicas).configs(settings);
    }

    private boolean led() {
        return describe().values().stream().allMatch(topic -> topic.partitions().stream()
                .allMatch(partition ->
                        partition.leader() != null && !partition.leader().isEmpty()));
    }

    private Map<String, TopicDescription> describe() {
        return wait("describing topics", admin.describeTopics(names()).allTopicNames());
    }

    private void refuseUnfit() {
        describe().forEach((name, topic) -> {
            if (topic.partitions().size() != 1) {
                throw CaptureErrors.topicUnfit(
                        name, "it has " + topic.partitions().size() + " partitions, not one");
            }
        });
        List<ConfigResource> resources = names().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> settings =
                wait("reading topic settings", admin.describeConfigs(resources).all());
        settings.forEach((resource, setting) -> {
            if (!"delete".equals(setting.get("cleanup.policy").value())) {
                throw CaptureErrors.topicUnfit(resource.name(), "its cleanup.policy is not delete");
            }
        });
    }

    /** Refuses a first snapshot into topics that hold records, unless the snapshot reads one table anew. */
    void requireEmpty() {
        if (joins()) {
            return;
        }
        Map<TopicPartition, Long> begins = offsets(OffsetSpec.earliest());
        ends().forEach((partition, end) -> {
            if (!end.equals(begins.get(partition))) {
                throw CaptureErrors.topicsNotEmpty(partition.topic());
            }
        });
    }

    /**
     * Removes every record of an interrupted snapshot; offsets go on, so that a reader sees a gap rather than other
     * records. The topic of a table that is read anew keeps its records: a new try has an epoch of its own.
     */
    void purge() {
        if (joins()) {
            return;
        }
        Map<TopicPartition, RecordsToDelete> all = ends().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> RecordsToDelete.beforeOffset(e.getValue())));
        wait("removing an interrupted snapshot", admin.deleteRecords(all).all());
    }

    /**
     * Writes a cut that names everything that the topic of a table holds: records of a table that was read anew are in
     * no other cut.
     *
     * @param position position up to which the topics are whole
     */
    public void cutBehind(TableName table, Lsn position) {
        TopicPartition topic = new TopicPartition(config.source().topic(table), 0);
        ListOffsetsResult ends = admin.listOffsets(Map.of(topic, OffsetSpec.latest()));
        long end = wait("reading offsets", ends.partitionResult(topic)).offset();
        long epoch = CaptureEpoch.of(config.stateFolder()).epoch();
        Cut cut = new Cut(Cut.VERSION, epoch, position.toString(), new TreeMap<>(Map.of(topic.topic(), end)));
        String source = config.source().name();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.transport().producer(source), new ByteArraySerializer(), new ByteArraySerializer())) {
            wait("writing a cut", producer.send(new ProducerRecord<>(Cut.topic(source), 0, null, cut.bytes())));
        }
    }

    private boolean joins() {
        return TableSnapshot.of(config.stateFolder()).isPresent();
    }

    private Map<TopicPartition, Long> ends() {
        return offsets(OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked =
                names().stream().collect(Collectors.toMap(name -> new TopicPartition(name, 0), name -> spec));
        return wait("reading offsets", admin.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private <T> T wait(String during, Future<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw CaptureErrors.brokerAway(config.transport().bootstrap(), during, e.getCause());
        } catch (TimeoutException e) {
            throw CaptureErrors.brokerAway(config.transport().bootstrap(), during, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CaptureErrors.interrupted(e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
