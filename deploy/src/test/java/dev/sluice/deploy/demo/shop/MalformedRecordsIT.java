package dev.sluice.deploy.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Home;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedRecordsIT {

    private static final String TOPIC = "shop.public.customers";
    private static final byte[] SOUND = ByteBuffer.allocate(40)
            .putInt(0)
            .put((byte) 9)
            .put("Ana cnry0000002k".getBytes(StandardCharsets.UTF_8))
            .array();

    @TempDir
    Path temp;

    @Test
    void putsOneRecordOfEachKindWhereItSays() throws Exception {
        try (EmbeddedRuntime runtime = EmbeddedRuntime.start(Home.open(temp), EnumSet.of(Part.KAFKA))) {
            String bootstrap = runtime.kafkaBootstrap();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1)))
                        .all()
                        .get();
            }
            sendSound(bootstrap);

            List<MalformedRecords.Injected> injected = MalformedRecords.inject(bootstrap, TOPIC);

            assertThat(injected)
                    .extracting(MalformedRecords.Injected::kind)
                    .containsExactly(
                            "bad-magic",
                            "truncated-frame",
                            "unknown-schema-id",
                            "truncated-avro",
                            "trailing-bytes",
                            "invalid-utf8",
                            "null-key",
                            "plain-json");
            for (MalformedRecords.Injected one : injected) {
                assertIsBroken(one, read(bootstrap, one));
            }
        }
    }

    private static void assertIsBroken(MalformedRecords.Injected one, ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        assertThat(new String(record.headers().lastHeader("x-note").value(), StandardCharsets.UTF_8))
                .isEqualTo(one.marker())
                .matches(Canary.TEXT);
        switch (one.kind()) {
            case "bad-magic" -> assertThat(value[0]).isNotZero();
            case "truncated-frame" -> assertThat(value).hasSizeLessThan(5);
            case "unknown-schema-id" -> assertThat(ByteBuffer.wrap(value, 1, 4).getInt())
                    .isEqualTo(999_999);
            case "truncated-avro" -> assertThat(value).hasSizeBetween(6, SOUND.length - 1);
            case "trailing-bytes" -> assertThat(value)
                    .hasSizeGreaterThan(SOUND.length)
                    .startsWith(SOUND);
            case "invalid-utf8" -> assertThat(isUtf8(value)).isFalse();
            case "null-key" -> assertThat(record.key()).isNull();
            default -> assertThat(new String(value, StandardCharsets.UTF_8))
                    .startsWith("{")
                    .contains(one.marker());
        }
        if (!"null-key".equals(one.kind())) {
            assertThat(record.key()).isEqualTo(new byte[] {1});
            assertThat(value).isNotEqualTo(SOUND);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void sendSound(String bootstrap) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, new byte[] {1}, SOUND)).get();
        }
    }

    private static ConsumerRecord<byte[], byte[]> read(String bootstrap, MalformedRecords.Injected at) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, at.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, at.offset());
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            consumer.poll(Duration.ofSeconds(20)).forEach(found::add);
            assertThat(found).isNotEmpty();
            return found.get(0);
        }
    }
}
