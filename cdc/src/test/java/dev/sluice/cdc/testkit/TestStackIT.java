package dev.sluice.cdc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TestStackIT {
    @Test
    void startsDatabaseBrokerAndRegistry() throws Exception {
        TestStack stack = TestStack.shared();
        TestPostgres.Database database = stack.postgres().createDatabase();
        Map<String, Object> client = Map.of("bootstrap.servers", stack.kafka().bootstrap());
        try (Admin admin = Admin.create(client);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(java.util.List.of(new NewTopic("first", 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("first", new byte[] {1}, null)).get();
        }

        assertThat(database.query("SHOW wal_level")).containsExactly("logical");
        assertThat(stack.kafka().records("first")).hasSize(1);
        assertThat(stack.registry().address().getPort()).isPositive();
    }
}
