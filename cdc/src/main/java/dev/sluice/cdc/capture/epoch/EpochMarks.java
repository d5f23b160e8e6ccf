package dev.sluice.cdc.capture.epoch;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.event.SourceEpoch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes the epoch of a capture into its records, and a sweep mark for every table behind the snapshot that begins the
 * epoch ({@link SourceEpoch}). The first epoch of a home needs neither. Confined to the engine's thread.
 */
public final class EpochMarks {

    private final Map<String, TableName> tables;
    private final Map<String, Long> epochs = new HashMap<>();
    private final long epoch;
    private final long began = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private final boolean joins;
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
        CaptureEpoch all = CaptureEpoch.of(stateFolder);
        Optional<TableSnapshot> own = TableSnapshot.of(stateFolder);
        this.epoch = all.epoch();
        this.joins = own.isPresent();
        tables.forEach((topic, table) ->
                epochs.put(topic, own.map(TableSnapshot::epoch).orElseGet(() -> all.of(table))));
        this.due = snapshot;
    }

    /** The epoch of tables that had no snapshot of their own. */
    public long epoch() {
        return epoch;
    }

    /** Whether the capture reads one table anew and joins the capture of all tables in the end. */
    public boolean joins() {
        return joins;
    }

    /** The record with the epoch of its table. */
    public ProducerRecord<byte[], byte[]> stamped(ProducerRecord<byte[], byte[]> record) {
        long of = epochs.getOrDefault(record.topic(), epoch);
        if (of > 0) {
            record.headers().add(SourceEpoch.HEADER, SourceEpoch.header(of));
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
                .filter(entry -> epochs.getOrDefault(entry.getKey(), epoch) > 0)
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
