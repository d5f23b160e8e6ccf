package dev.sluice.deploy.gateway;

import dev.sluice.cdc.capture.cut.Cut;
import dev.sluice.deploy.planner.CutTopic;
import dev.sluice.sinks.SourceCut;
import dev.sluice.sinks.SourcePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the cuts of our own capture. Used by one thread at a time. */
final class KafkaCuts implements CutTopic, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String topic;
    private final String bootstrap;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Reads the cuts of that source.
     *
     * @param client address and access of the broker, by the names that Kafka clients use
     */
    KafkaCuts(String source, Map<String, String> client) {
        this.topic = Cut.topic(source);
        this.bootstrap = String.valueOf(client.get("bootstrap.servers"));
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "none");
        settings.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
        try {
            this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException noAddress) {
            throw GatewayErrors.brokerUnreachable(bootstrap, noAddress);
        }
    }

    @Override
    public String name() {
        return topic;
    }

    @Override
    public List<StoredCut> read(SourcePartition partition, long from, long until) {
        TopicPartition asked = new TopicPartition(partition.topic(), partition.partition());
        List<StoredCut> cuts = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            consumer.assign(List.of(asked));
            consumer.seek(asked, from);
            while (consumer.position(asked) < until) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < until) {
                        cuts.add(cut(partition, record));
                    }
                }
                if (System.nanoTime() > deadline && consumer.position(asked) < until) {
                    throw GatewayErrors.brokerUnreachable(
                            bootstrap, new java.util.concurrent.TimeoutException("Cuts do not come."));
                }
            }
        } catch (KafkaException e) {
            throw GatewayErrors.brokerUnreachable(bootstrap, e);
        }
        return cuts;
    }

    private static StoredCut cut(SourcePartition partition, ConsumerRecord<byte[], byte[]> record) {
        Cut cut =
                Cut.parse(partition + " at " + record.offset(), record.value() == null ? new byte[0] : record.value());
        SourceCut place = new SourceCut(cut.epoch(), cut.position(), partition.topicId(), record.offset() + 1);
        return new StoredCut(place, cut.ends());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
