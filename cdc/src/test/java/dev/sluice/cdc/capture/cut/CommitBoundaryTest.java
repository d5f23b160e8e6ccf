package dev.sluice.cdc.capture.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class CommitBoundaryTest {
    private static final Schema MARKER =
            SchemaBuilder.struct().field("status", Schema.STRING_SCHEMA).build();

    private final CommitBoundary boundary = new CommitBoundary("shop.transaction", "__debezium-heartbeat.shop");

    private boolean change() {
        return boundary.after(at("shop.public.t", Map.of("lsn", 1L)));
    }

    private boolean heartbeat() {
        return boundary.after(at("__debezium-heartbeat.shop", Map.of("lsn", 1L)));
    }

    private boolean marker(String status) {
        return boundary.after(new SourceRecord(
                Map.of(), Map.of("lsn", 1L), "shop.transaction", MARKER, new Struct(MARKER).put("status", status)));
    }

    private static SourceRecord at(String topic, Map<String, Object> offset) {
        return new SourceRecord(Map.of(), offset, topic, null, null);
    }

    @Test
    void isTheEndOfATransactionAndNothingInsideIt() {
        assertThat(marker("BEGIN")).isFalse();
        assertThat(change()).isFalse();
        assertThat(heartbeat()).as("a heartbeat inside a transaction").isFalse();
        assertThat(marker("END")).isTrue();
        assertThat(heartbeat()).as("a heartbeat between transactions").isTrue();
    }

    @Test
    void isNotInsideASnapshotButAtItsEnd() {
        assertThat(boundary.after(at("shop.public.t", Map.of("snapshot", "INITIAL", "lsn", 1L))))
                .isFalse();
        assertThat(boundary.after(at("__debezium-heartbeat.shop", Map.of("snapshot", "INITIAL", "lsn", 1L))))
                .isFalse();
        assertThat(boundary.after(
                        at("shop.public.t", Map.of("snapshot", "INITIAL", "lsn", 1L, "last_snapshot_record", true))))
                .isTrue();
        assertThat(boundary.after(at(
                        "__debezium-heartbeat.shop",
                        Map.of("snapshot", "INITIAL", "lsn", 1L, "snapshot_completed", true))))
                .isTrue();
    }
}
