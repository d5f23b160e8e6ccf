package dev.sluice.deploy.demo.shop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts records into a raw topic that must end as dead letters. Each carries a marker of {@link Canary} in a header and,
 * where its kind has room for it, in its value. A sound record of the topic serves as the model for those that are
 * broken in one place only.
 */
public final class MalformedRecords {

    private static final byte MAGIC = 0;
    private static final int FRAME = 5;
    private static final int UNKNOWN_ID = 999_999;
    private static final Duration WAIT = Duration.ofSeconds(20);

    /**
     * A record that was injected.
     *
     * @param kind what is wrong with it
     * @param partition partition of the topic
     * @param offset its offset
     * @param marker the marker that it carries
     */
    public record Injected(String kind, int partition, long offset, String marker) {}

    private record Bad(String kind, byte @Nullable [] key, byte[] value, String marker) {}

    private MalformedRecords() {}

    /**
     * Injects one record of each kind: bad magic, truncated frame, unknown schema id, truncated Avro, trailing bytes,
     * invalid UTF-8, null key, plain JSON.
     *
     * @param topic a raw topic that holds at least one record
     * @return the injected records, in order
     * @throws dev.sluice.deploy.DeployException when the broker does not take them
     */
    public static List<Injected> inject(String bootstrap, String topic) {
        ConsumerRecord<byte[], byte[]> sound = model(bootstrap, topic);
        Canary canary = new Canary(System.currentTimeMillis());
        List<Injected> injected = new ArrayList<>();
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Bad bad : kinds(sound, canary)) {
                ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, bad.key(), bad.value());
                sent.headers().add("x-note", bytes(bad.marker()));
                RecordMetadata at = producer.send(sent).get();
                injected.add(new Injected(bad.kind(), at.partition(), at.offset(), bad.marker()));
            }
        } catch (ExecutionException e) {
            throw ShopErrors.topic(topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ShopErrors.topic(topic, e);
        }
        return List.copyOf(injected);
    }

    private static List<Bad> kinds(ConsumerRecord<byte[], byte[]> sound, Canary canary) {
        byte[] key = sound.key();
        byte[] value = sound.value();
        int id = ByteBuffer.wrap(value, 1, 4).getInt();
        byte[] body = Arrays.copyOfRange(value, FRAME, value.length);
        List<Bad> all = new ArrayList<>();
        String m = canary.marker();
        all.add(new Bad("bad-magic", key, frame((byte) 7, id, bytes(m)), m));
        all.add(new Bad("truncated-frame", key, new byte[] {MAGIC, 0, 0}, canary.marker()));
        m = canary.marker();
        all.add(new Bad("unknown-schema-id", key, frame(MAGIC, UNKNOWN_ID, bytes(m)), m));
        all.add(new Bad(
                "truncated-avro", key, frame(MAGIC, id, Arrays.copyOf(body, body.length / 2)), canary.marker()));
        m = canary.marker();
        all.add(new Bad("trailing-bytes", key, concat(value, bytes(m)), m));
        all.add(new Bad("invalid-utf8", key, frame(MAGIC, id, spoiled(body)), canary.marker()));
        all.add(new Bad("null-key", null, value, canary.marker()));
        m = canary.marker();
        all.add(new Bad("plain-json", key, bytes("{\"full_name\":\"" + m + "\"}"), m));
        return all;
    }

    /** Breaks the first marker in the body so that its string is no UTF-8 any more but as long as before. */
    private static byte[] spoiled(byte[] body) {
        byte[] copy = body.clone();
        byte[] start = bytes("cnry");
        int at = IntStream.range(0, copy.length - start.length)
                .filter(i -> Arrays.equals(copy, i, i + start.length, start, 0, start.length))
                .findFirst()
                .orElse(copy.length / 2);
        copy[at] = (byte) 0xC3;
        copy[at + 1] = (byte) 0x28;
        return copy;
    }

    private static byte[] frame(byte magic, int id, byte[] body) {
        return ByteBuffer.allocate(FRAME + body.length)
                .put(magic)
                .putInt(id)
                .put(body)
                .array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> model(String bootstrap, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + WAIT.toNanos();
            while (System.nanoTime() - deadline < 0) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(500));
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    if (record.key() != null && record.value() != null && record.value().length > FRAME) {
                        return record;
                    }
                }
            }
        }
        throw ShopErrors.topic(topic, new IllegalStateException("the topic holds no record to take as a model"));
    }
}
