package dev.sluice.cdc.capture.cut;

import dev.sluice.cdc.capture.postgres.Lsn;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Makes the cuts of one run of the engine from what the broker has stored. Confined to one thread.
 *
 * <p>A run begins after a boundary of the run before, or writes again what that run had not confirmed. So the cuts of a
 * run name every topic that the run has written to, and no other.
 */
public final class CutWriter {

    private final String source;
    private final long epoch;
    private final SortedMap<String, Long> changed = new TreeMap<>();
    private final String prefix;
    private final boolean joins;

    /**
     * Makes the cuts of that source in that epoch.
     *
     * @param joins whether the capture reads one table beside the capture of all tables, which alone makes cuts
     */
    public CutWriter(String source, long epoch, boolean joins) {
        this.source = source;
        this.joins = joins;
        this.epoch = epoch;
        this.prefix = source + ".";
    }

    /** Takes a record that the broker has stored, in any order of one topic. */
    public void stored(RecordMetadata record) {
        // Heartbeats are not part of any batch.
        if (!joins && record.topic().startsWith(prefix)) {
            changed.merge(record.topic(), record.offset() + 1, Math::max);
        }
    }

    /** The cut behind the records so far; empty when no topic has changed since the cut before. */
    public Optional<ProducerRecord<byte[], byte[]>> at(Lsn position) {
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        Cut cut = new Cut(Cut.VERSION, epoch, position.toString(), changed);
        changed.clear();
        return Optional.of(new ProducerRecord<>(Cut.topic(source), 0, null, cut.bytes()));
    }
}
