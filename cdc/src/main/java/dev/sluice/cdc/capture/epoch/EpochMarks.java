package dev.sluice.cdc.capture.epoch;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.event.SourceEpoch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes the epoch of a capture into its records, and a sweep mark for every table behind the snapshot that begins the
 * epoch ({@link SourceEpoch}). The first epoch of a home needs neither. Confined to the engine's thread.
 */
public final class EpochMarks {

    private final Map<String, TableName> tables;
    private final long epoch;
    private final long began = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private boolean due;

    /**
     * The marks of a run of the engine.
     *
     * @param stateFolder folder with the state of the capture
     * @param tables table by the name of its raw topic
     * @param snapshot whether the run begins with a snapshot
     */
    public EpochMarks(Path stateFolder, Map<String, TableName> tables, boolean snapshot) {
        this.tables = Map.copyOf(tables);
        this.epoch = CaptureEpoch.of(stateFolder).epoch();
        this.due = snapshot && epoch > 0;
    }

    /** The record with the epoch. */
    public ProducerRecord<byte[], byte[]> stamped(ProducerRecord<byte[], byte[]> record) {
        if (epoch > 0) {
            record.headers().add(SourceEpoch.HEADER, SourceEpoch.header(epoch));
        }
        return record;
    }

    /** The sweep marks; asked when the snapshot is whole, and empty from the second time on. */
    public List<ProducerRecord<byte[], byte[]>> behindSnapshot() {
        if (!due) {
            return List.of();
        }
        due = false;
        return tables.entrySet().stream()
                .map(entry -> mark(entry.getKey(), entry.getValue()))
                .toList();
    }

    private ProducerRecord<byte[], byte[]> mark(String topic, TableName table) {
        ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(topic, 0, null, null);
        String text = began + " " + table.schema() + " " + table.table();
        mark.headers().add(SourceEpoch.SWEEP, text.getBytes(StandardCharsets.UTF_8));
        return stamped(mark);
    }
}
