package dev.sluice.cdc.capture.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.Lsn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {

    private static final String TRANSACTIONS = "shop.transaction";
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .build();
    private static final Schema MEMBER =
            SchemaBuilder.struct().optional().field("id", Schema.STRING_SCHEMA).build();
    private static final Schema ROW = SchemaBuilder.struct()
            .field("source", SOURCE)
            .field("transaction", MEMBER)
            .build();
    private static final Schema COUNT = SchemaBuilder.struct()
            .field("data_collection", Schema.STRING_SCHEMA)
            .field("event_count", Schema.INT64_SCHEMA)
            .build();
    private static final Schema MARKER = SchemaBuilder.struct()
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("data_collections", SchemaBuilder.array(COUNT).optional().build())
            .build();

    private final CutWriter writer = new CutWriter("shop", 2, false);
    private final TransactionCounts counts = new TransactionCounts(TRANSACTIONS);

    /** The format on the topic, byte by byte. */
    @Test
    void writesTheTopicsThatChangedSinceTheCutBefore() {
        store("shop.public.orders", 11);
        store("shop.public.orders", 12);
        store(TRANSACTIONS, 4);
        store("__debezium-heartbeat.shop", 90);

        assertThat(cut(0x1_0000_00ffL))
                .isEqualTo("{\"version\":1,\"epoch\":2,\"position\":\"1/FF\",\"ends\":"
                        + "{\"shop.public.orders\":13,\"shop.transaction\":5}}");
        assertThat(writer.at(new Lsn(300))).isEmpty();
        store("shop.public.people", 0);
        assertThat(cut(301))
                .isEqualTo("{\"version\":1,\"epoch\":2,\"position\":\"0/12D\",\"ends\":{\"shop.public.people\":1}}");
    }

    @Test
    void readsWhatItWrote() {
        store("shop.public.orders", 11);
        ProducerRecord<byte[], byte[]> record = writer.at(new Lsn(255)).orElseThrow();

        assertThat(record.topic()).isEqualTo(Cut.topic("shop")).isEqualTo("__sluice-cuts.shop");
        assertThat(Cut.parse("shop 0", record.value()))
                .isEqualTo(new Cut(1, 2, "0/FF", new TreeMap<>(Map.of("shop.public.orders", 12L))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{}",
                "{\"version\":2,\"epoch\":0,\"position\":\"0/1\",\"ends\":{}}",
                "{\"version\":1,\"epoch\":0,\"position\":\"0/1\",\"ends\":{},\"more\":1}",
                "{\"version\":1,\"epoch\":0,\"position\":\"0/1\"}"
            })
    void refusesAnythingElse(String value) {
        assertThatThrownBy(() -> Cut.parse("__sluice-cuts.shop/0 at 7", value.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("CDC-059")
                .hasMessageContaining("__sluice-cuts.shop/0 at 7");
    }

    @Test
    void takesATransactionWhoseRowsAreThere() {
        row("orders", "t1");
        row("orders", "t1");
        row("people", "t1");
        end("t1", Map.of("public.orders", 2L, "public.people", 1L));
        row("orders", "t2");
        end("t2", Map.of("public.orders", 1L));
        row("people", null);
        end("t3", Map.of());

        assertThatThrownBy(() -> end("t4", Map.of("public.orders", 1L))).hasMessageContaining("t4");
    }

    @Test
    void refusesATransactionOfWhichARowIsMissing() {
        row("orders", "t1");
        row("people", "t1");

        assertThatThrownBy(() -> end("t1", Map.of("public.orders", 2L, "public.people", 1L)))
                .isInstanceOfSatisfying(CaptureException.class, failure -> assertThat(failure.retryable())
                        .isTrue())
                .hasMessageContaining("CDC-051")
                .hasMessageContaining("{public.orders=2, public.people=1}")
                .hasMessageContaining("{public.orders=1, public.people=1}");
    }

    private void store(String topic, long offset) {
        writer.stored(new RecordMetadata(new TopicPartition(topic, 0), offset, 0, 0, 0, 0));
    }

    private String cut(long position) {
        return writer.at(new Lsn(position))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private void row(String table, String transaction) {
        Struct row = new Struct(ROW)
                .put("source", new Struct(SOURCE).put("schema", "public").put("table", table));
        if (transaction != null) {
            row.put("transaction", new Struct(MEMBER).put("id", transaction));
        }
        take("shop.public." + table, row);
    }

    private void end(String id, Map<String, Long> tables) {
        List<Struct> named = tables.entrySet().stream()
                .map(table ->
                        new Struct(COUNT).put("data_collection", table.getKey()).put("event_count", table.getValue()))
                .toList();
        Optional<List<Struct>> some = Optional.of(named).filter(list -> !list.isEmpty());
        take(
                TRANSACTIONS,
                new Struct(MARKER).put("status", "END").put("id", id).put("data_collections", some.orElse(null)));
    }

    private void take(String topic, Struct value) {
        counts.take(new SourceRecord(Map.of(), Map.of(), topic, 0, null, null, value.schema(), value));
    }
}
