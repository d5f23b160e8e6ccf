package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.cut.CommitBoundary;
import dev.sluice.cdc.capture.cut.CutWriter;
import dev.sluice.cdc.capture.cut.EngineOffset;
import dev.sluice.cdc.capture.cut.TransactionCounts;
import dev.sluice.cdc.capture.encode.RecordEncoder;
import dev.sluice.cdc.capture.epoch.EpochMarks;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.server.WrittenChanges;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.cdc.registry.SchemaRegistry;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the batches of the engine to the raw topics. For each batch, in this order, the writer stores up to where
 * changes may be in the topics, writes every record to its raw topic, waits until the broker has stored all of them,
 * writes cuts, marks the last commit boundary, has the engine store the offset, and checks that the offset was stored.
 * Only after that does the engine confirm the position to the source. A failed delivery ends the engine and this
 * writer, so that no later record can overtake a lost one; the next writer begins at the stored position.
 *
 * <p>For a value that the topic cannot hold, the writer writes what stands for the value, so the row becomes a dead
 * letter and every other row goes on.
 *
 * <p>Used by the engine's thread; {@link #close} by the supervisor after the engine ended.
 */
final class RawTopicWriter
        implements DebeziumEngine.ChangeConsumer<ChangeEvent<SourceRecord, SourceRecord>>, AutoCloseable {
    /** Fewest records between two cuts of one batch of the engine. */
    private static final int BETWEEN_CUTS = 100;

    private final CaptureConfig config;
    private final RecordEncoder encoder;
    private final Transactions transactions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final OffsetFile offsets;
    private final Guard guard;
    private final EpochMarks marks;
    private long snapshotFloor = -1;

    /**
     * A record that the producer has taken.
     *
     * @param boundary the position when the record ends a transaction, else null
     */
    private record SentRecord(String topic, Future<RecordMetadata> stored, @Nullable Lsn boundary) {}

    /**
     * The records of one batch of the engine, which the broker has stored.
     *
     * @param whole number of records up to the end of the last transaction
     * @param last the record at the end of the last transaction, null when none has ended
     */
    private record Delivered(
            List<SentRecord> sent, int whole, @Nullable ChangeEvent<SourceRecord, SourceRecord> last) {}

    /** What the writer knows of transactions: where they end, whether they are whole, and the cuts between them. */
    private record Transactions(CommitBoundary boundary, TransactionCounts counts, CutWriter cuts) {}

    /** What the writer asks before it goes on, and tells afterwards. */
    interface Guard {

        /** Stores and gives where the slot began; asked at the first record of a snapshot. */
        CaptureState slotCreated();

        /**
         * Refuses, by an exception, to write records of a table of which something may be missing; stores that these
         * changes may be in the topics.
         */
        void beforeBatch(Optional<WrittenChanges> changes);

        /** Refuses, by an exception, to confirm a position at which something may be missing. */
        void beforePosition();

        /** Hears that a position is stored. */
        void confirmed();
    }

    /**
     * A writer with a producer of its own.
     *
     * @param offsets where the engine stores positions
     * @param guard asked before a position is confirmed, and told afterwards
     */
    RawTopicWriter(CaptureConfig config, SchemaRegistry registry, OffsetFile offsets, Guard guard) {
        this.config = config;
        this.encoder = new RecordEncoder(registry, config.transport().topics().maxValueBytes());
        String source = config.source().name();
        String ends = RawTopics.transactions(source);
        Map<String, TableName> tables = new HashMap<>();
        config.source().tables().forEach(table -> tables.put(config.source().topic(table), table));
        this.marks =
                new EpochMarks(config.stateFolder(), tables, offsets.position().isEmpty());
        this.transactions = new Transactions(
                new CommitBoundary(ends, RawTopics.heartbeats(source)),
                new TransactionCounts(ends),
                new CutWriter(source, marks.epoch(), marks.joins()));
        this.offsets = offsets;
        this.guard = guard;
        this.producer = new KafkaProducer<>(
                config.transport().producer(config.source().name()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void handleBatch(
            List<ChangeEvent<SourceRecord, SourceRecord>> events,
            DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
            throws InterruptedException {
        BitSet boundaries = boundaries(events);
        guard.beforeBatch(changes(events));
        Delivered delivered = deliver(events, boundaries);
        ChangeEvent<SourceRecord, SourceRecord> last = delivered.last();
        CrashPoint.reached("CP03");
        if (last == null) {
            cut(delivered);
        } else {
            guard.beforePosition();
            cut(delivered);
            committer.markProcessed(last);
            CrashPoint.reached("CP04");
            committer.markBatchFinished();
            CrashPoint.reached("CP05");
            requireStored(last.value());
        }
    }

    /** The records of the batch after which a position may be confirmed. */
    private BitSet boundaries(List<ChangeEvent<SourceRecord, SourceRecord>> events) {
        BitSet boundaries = new BitSet(events.size());
        for (int i = 0; i < events.size(); i++) {
            boundaries.set(i, transactions.boundary().after(events.get(i).value()));
        }
        return boundaries;
    }

    /** The streamed changes of a batch whose records the boundary has taken; empty when the batch has none. */
    private Optional<WrittenChanges> changes(List<ChangeEvent<SourceRecord, SourceRecord>> events) {
        CommitBoundary boundary = transactions.boundary();
        return events.stream()
                .map(ChangeEvent::value)
                .filter(boundary::isOfTransaction)
                .reduce((earlier, later) -> later)
                .map(record -> WrittenChanges.upTo(EngineOffset.of(record), boundary.isOpen()));
    }

    /** Writes the records, and the sweep marks behind a snapshot, and waits until the broker has stored them. */
    private Delivered deliver(List<ChangeEvent<SourceRecord, SourceRecord>> events, BitSet boundaries)
            throws InterruptedException {
        List<SentRecord> sent = new ArrayList<>(events.size());
        ChangeEvent<SourceRecord, SourceRecord> last = null;
        int whole = 0;
        for (int i = 0; i < events.size(); i++) {
            ChangeEvent<SourceRecord, SourceRecord> event = events.get(i);
            SourceRecord record = event.value();
            transactions.counts().take(record);
            placeSnapshotRead(record);
            Future<RecordMetadata> stored = send(record);
            if (boundaries.get(i)) {
                // The first boundary of a run that reads tables is the end of its snapshot.
                marks.behindSnapshot()
                        .forEach(mark -> sent.add(new SentRecord(mark.topic(), producer.send(mark), null)));
                last = event;
                whole = sent.size() + 1;
            }
            sent.add(new SentRecord(record.topic(), stored, boundaries.get(i) ? position(record) : null));
        }
        producer.flush();
        for (SentRecord record : sent) {
            await(record.stored(), record.topic());
        }
        return new Delivered(sent, whole, last);
    }

    /** Writes cuts behind some of the transactions, and behind the last one. */
    private void cut(Delivered delivered) throws InterruptedException {
        List<SentRecord> sent = delivered.sent();
        List<SentRecord> cuts = new ArrayList<>();
        int since = 0;
        for (int i = 0; i < sent.size(); i++) {
            SentRecord record = sent.get(i);
            transactions.cuts().stored(await(record.stored(), record.topic()));
            since++;
            if (record.boundary() != null && (since >= BETWEEN_CUTS || i + 1 == delivered.whole())) {
                since = 0;
                transactions
                        .cuts()
                        .at(record.boundary())
                        .ifPresent(cut -> cuts.add(new SentRecord(cut.topic(), producer.send(cut), null)));
            }
        }
        for (SentRecord cut : cuts) {
            await(cut.stored(), cut.topic());
        }
    }

    /**
     * Gives a snapshot read the position where its slot began to keep the log. The engine says where the slot became
     * consistent, but a transaction that was open at that moment is streamed with events from before it, and those are
     * newer than what the snapshot read.
     */
    private void placeSnapshotRead(SourceRecord record) {
        if (record.value() instanceof Struct change
                && change.schema().field("op") != null
                && "r".equals(change.getString("op"))) {
            if (snapshotFloor < 0) {
                String restart = guard.slotCreated().slot().restart();
                snapshotFloor = Lsn.parse(String.valueOf(restart)).value();
            }
            change.getStruct("source").put("lsn", snapshotFloor);
        }
    }

    private Future<RecordMetadata> send(SourceRecord record) throws InterruptedException {
        try {
            Future<RecordMetadata> sent = producer.send(marks.stamped(encoder.encode(record)));
            if (sent.isDone()) {
                // A record that the producer refuses ends the batch before a later record of its table is sent.
                await(sent, record.topic());
            }
            return sent;
        } catch (RecordTooLargeException e) {
            throw CaptureErrors.tooLarge(record.topic(), config.transport().topics(), e);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw broker(e);
        }
    }

    private RecordMetadata await(Future<RecordMetadata> sent, String topic) throws InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                throw CaptureErrors.tooLarge(topic, config.transport().topics(), e.getCause());
            }
            throw broker(e.getCause());
        }
    }

    private static Lsn position(SourceRecord record) {
        return EngineOffset.of(record)
                .confirmable()
                .orElseThrow(() -> new IllegalStateException("The engine gave a record without a log position."));
    }

    private CaptureException broker(@Nullable Throwable cause) {
        return CaptureErrors.brokerAway(config.transport().bootstrap(), "writing changes", cause);
    }

    /** The engine only logs when it cannot store an offset, so the writer checks the offset itself. */
    private void requireStored(SourceRecord marked) {
        if (!offsets.position().equals(Optional.of(position(marked)))) {
            throw CaptureErrors.offsetNotStored(config.stateFolder().resolve(StateFolder.OFFSETS));
        }
        guard.confirmed();
    }

    @Override
    public boolean supportsTombstoneEvents() {
        return true;
    }

    /** Ends the producer; what was not confirmed is written again by the next writer. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
