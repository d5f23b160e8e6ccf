package dev.sluice.cdc.decode;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.decode.avro.AvroInput;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.RowReader;
import dev.sluice.cdc.decode.binlog.Binlog;
import dev.sluice.cdc.decode.format.JsonFormat;
import dev.sluice.cdc.decode.format.RecordFormat;
import dev.sluice.cdc.decode.format.RegistryFormat;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Marker;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.OversizedValue;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.cdc.event.Source;
import dev.sluice.cdc.event.SourceMessage;
import dev.sluice.cdc.registry.SchemaRegistry;
import dev.sluice.cdc.registry.UnknownIds;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes raw records of Debezium's envelopes of PostgreSQL, MySQL and MariaDB, in the Confluent wire format or as JSON
 * with schemas, each part by the writer schema of its own id. The same code reads key, images and key links. Null,
 * absent and a value are three states; a default of a schema never replaces a null.
 *
 * <p>Thread-safe; one decoder per JVM is enough and the cheapest, because the decoder keeps compiled schemas. The
 * result for any bytes is a value: a message, or a rejection whose code is a {@link DecodeCode} and whose detail has
 * column path and byte position but no data. Only a registry leads to a {@link CaptureException}: when it cannot
 * answer, the batch waits, because records are not bad while the registry is down; when it does not know a schema, the
 * dataset of the record waits first, see {@link UnknownIds}.
 */
public final class AvroDecoder {

    private static final String OLD_KEY = "__debezium.oldkey";
    private static final String NEW_KEY = "__debezium.newkey";

    private final DecodeSettings settings;
    private final RecordFormat format;
    private final Shapes shapes;
    private final Topics topics;
    private final Placeholders placeholders;
    private final UnknownIds unknown;

    /**
     * A decoder that asks that registry, which should be a {@link dev.sluice.cdc.registry.CachedSchemaRegistry}. A
     * decoder of JSON asks no registry, because every record carries its schema.
     */
    public AvroDecoder(SchemaRegistry registry, DecodeSettings settings) {
        this.settings = settings;
        this.format = switch (settings.form().wire()) {
            case AVRO -> new RegistryFormat(registry);
            case JSON -> new JsonFormat(settings.limits());
        };
        this.shapes = new Shapes(format, settings.limits(), settings.form().names());
        this.topics = new Topics(settings.source(), settings.form().tables());
        this.placeholders = new Placeholders(settings.placeholders());
        this.unknown = new UnknownIds(settings.patience(), InstantSource.system());
    }

    /**
     * Decodes one record.
     *
     * @throws CaptureException when the registry cannot answer, or while a record waits for a schema
     */
    public Outcome<SourceMessage> decode(RawRecord record) {
        try {
            return new Outcome.Accepted<>(message(record));
        } catch (BadRecord e) {
            return rejected(record, e.code(), e.detail());
        } catch (Shapes.UnknownId e) {
            Origin origin = record.origin();
            unknown.admit(e.id(), new UnknownIds.RecordPlace(origin.topic(), origin.coordinates()));
            return rejected(record, DecodeCode.UNKNOWN_SCHEMA, "schema id " + Integer.toUnsignedString(e.id()));
        } catch (CaptureException e) {
            throw e;
        } catch (RuntimeException e) { // boundary: a defect that one record reveals must not stop the gateway for ever
            return rejected(record, DecodeCode.DECODER_FAILURE, e.getClass().getSimpleName());
        }
    }

    /**
     * Names the row of a record.
     *
     * @param dataset the table
     * @param schema fields of the row images
     * @param key the key
     */
    public record KeyedRow(DatasetId dataset, RowSchema schema, Row key) {
        @Override
        public String toString() {
            return "KeyedRow[" + dataset + "]";
        }
    }

    /**
     * Says which row a record is about that was rejected; empty when schema or key cannot be read, or when the record
     * does not say that it is of the table of its topic, whose policy would treat the key.
     *
     * @throws CaptureException when the registry cannot answer
     */
    public Optional<KeyedRow> rowOf(RawRecord record) {
        byte[] key = record.key();
        byte[] value = record.value();
        boolean data = topics.kind(record.origin().topic()) == Topics.TopicKind.DATA;
        if (!data
                || key == null
                || value == null
                || length(key) > settings.limits().maxValueBytes()) {
            return Optional.empty();
        }
        try {
            Optional<OversizedValue> oversized = OversizedValue.read(value);
            if (oversized.isPresent()) {
                RowShape shape = shapes.row(oversized.get().schemaId(), Frame.schemaId(key));
                Row row = key(key, shape, "key");
                return topics.dataset(record.origin().topic()).map(named -> new KeyedRow(named, shape.row(), row));
            }
            return Optional.of(keyedRow(format.framed(record)));
        } catch (CaptureException e) {
            throw e;
        } catch (RuntimeException unreadable) { // boundary, as in decode: what cannot be read is said by the rejection
            return Optional.empty();
        }
    }

    private KeyedRow keyedRow(RawRecord framed) {
        byte[] key = Objects.requireNonNull(framed.key());
        byte[] value = Objects.requireNonNull(framed.value());
        int schemaId = Frame.schemaId(value);
        AvroInput in = new AvroInput(value, Frame.LENGTH, settings.limits());
        DatasetId dataset = dataset(framed, shapes.envelope(schemaId).readSource(in));
        RowShape shape = shapes.row(schemaId, Frame.schemaId(key));
        return new KeyedRow(dataset, shape.row(), key(key, shape, "key"));
    }

    private static Outcome<SourceMessage> rejected(RawRecord record, DecodeCode code, String detail) {
        return new Outcome.Rejected<>(record, Outcome.Stage.DECODE, code.name(), detail);
    }

    private SourceMessage message(RawRecord record) {
        checkSize(record);
        Topics.TopicKind kind = topics.kind(record.origin().topic());
        return switch (kind) {
            case HEARTBEAT -> new Marker(record.origin(), Marker.MarkerKind.HEARTBEAT, "");
            case TRANSACTION, DATA -> framed(format.framed(record), kind);
        };
    }

    private SourceMessage framed(RawRecord framed, Topics.TopicKind kind) {
        byte[] value = framed.value();
        if (value == null) {
            return withoutValue(framed);
        }
        try {
            return kind == Topics.TopicKind.TRANSACTION ? transaction(framed, value) : change(framed, value);
        } catch (BadRecord e) {
            throw format.ofRaw(e);
        }
    }

    private SourceMessage withoutValue(RawRecord record) {
        Optional<Source> sweep = Positions.ofSweep(record, topics);
        return sweep.isPresent()
                ? sweep(record, sweep.get())
                : new Marker(record.origin(), Marker.MarkerKind.TOMBSTONE, "");
    }

    /**
     * A sweep mark is a truncate below every event of its epoch: the truncate ends the rows that the snapshot missed.
     */
    private static ChangeEvent sweep(RawRecord record, Source source) {
        RowSchema none = RowSchema.of(List.of());
        return new ChangeEvent(record.origin(), source, none, new Change.Truncate(), ChangeEvent.Keys.none());
    }

    private void checkSize(RawRecord record) {
        long size = length(record.key()) + length(record.value());
        for (RawRecord.Header header : record.headers()) {
            size += header.name().length() + length(header.value());
        }
        if (size > settings.limits().maxRecordBytes()) {
            throw BadRecord.of(
                    DecodeCode.RECORD_TOO_LARGE,
                    size + " bytes, limit " + settings.limits().maxRecordBytes());
        }
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private Marker transaction(RawRecord record, byte[] value) {
        SourceReader reader = shapes.transaction(Frame.schemaId(value));
        AvroInput in = new AvroInput(value, Frame.LENGTH, settings.limits());
        @Nullable Object[] values = reader.read(in);
        in.end();
        String id = Positions.transactionId(SourceReader.text(values[1]));
        return switch (SourceReader.text(values[0])) {
            case "BEGIN" -> new Marker(record.origin(), Marker.MarkerKind.TRANSACTION_BEGIN, id);
            case "END" -> new Marker(record.origin(), Marker.MarkerKind.TRANSACTION_END, id);
            default -> throw BadRecord.of(DecodeCode.NOT_AN_ENVELOPE, "transaction status is neither BEGIN nor END");
        };
    }

    private ChangeEvent change(RawRecord record, byte[] value) {
        OversizedValue.read(value).ifPresent(oversized -> {
            throw BadRecord.of(DecodeCode.RECORD_TOO_LARGE, oversized.detail());
        });
        int schemaId = Frame.schemaId(value);
        EnvelopeReader reader = shapes.envelope(schemaId);
        DebeziumEnvelope envelope = reader.read(new AvroInput(value, Frame.LENGTH, settings.limits()));
        boolean binlog = Positions.isBinlog(Positions.block(envelope));
        if (binlog) {
            Binlog.refuseZeroDates(
                    reader.rows().columns(), envelope.after, settings.form().zeroDates());
        }
        // A binary log holds every value, so no text in it stands for a value that was not sent.
        EventBuilder builder =
                new EventBuilder(record, envelope, reader.rows(), binlog ? Placeholders.NONE : placeholders);
        Change.Op op = builder.op();
        Source source = source(record, envelope, schemaId);
        if (op == Change.Op.TRUNCATE) {
            return builder.truncate(source);
        }
        if (record.key() == null) {
            throw BadRecord.of(DecodeCode.NULL_KEY, "op " + op.code() + " without a key");
        }
        RowShape shape = shapes.row(schemaId, Frame.schemaId(record.key()));
        return builder.row(source, shape, keys(record, record.key(), shape, op));
    }

    private Source source(RawRecord record, DebeziumEnvelope envelope, int schemaId) {
        return Positions.of(envelope, record, dataset(record, envelope), schemaId);
    }

    private DatasetId dataset(RawRecord record, DebeziumEnvelope envelope) {
        @Nullable Object[] block = Positions.block(envelope);
        String schema = SourceReader.text(block[Positions.isBinlog(block) ? EnvelopeReader.DB : EnvelopeReader.SCHEMA]);
        String table = SourceReader.text(block[EnvelopeReader.TABLE]);
        return topics.dataset(record.origin().topic(), schema, table);
    }

    private ChangeEvent.Keys keys(RawRecord record, byte[] key, RowShape shape, Change.Op op) {
        Row row = key(key, shape, "key");
        Row from = op == Change.Op.INSERT ? link(record, OLD_KEY, shape) : null;
        Row to = op == Change.Op.DELETE ? link(record, NEW_KEY, shape) : null;
        return new ChangeEvent.Keys(row, from, to);
    }

    private @Nullable Row link(RawRecord record, String name, RowShape shape) {
        Optional<RawRecord.Header> header =
                record.headers().stream().filter(h -> h.name().equals(name)).findFirst();
        byte[] value = header.map(RawRecord.Header::value).orElse(null);
        if (value == null) {
            return null;
        }
        if (TextKey.looksLike(value)) {
            return textKey(value, shape, "header " + name);
        }
        if (value.length < Frame.LENGTH || value[0] != 0) {
            throw BadRecord.of(DecodeCode.BAD_KEY_LINK, "header " + name + " is neither framed Avro nor JSON");
        }
        return key(value, shape, "header " + name);
    }

    private static Row textKey(byte[] text, RowShape shape, String part) {
        try {
            return shape.keyRow(TextKey.values(text, shape.keyColumns()));
        } catch (BadRecord e) {
            throw e.in(part);
        }
    }

    private Row key(byte[] framed, RowShape shape, String part) {
        try {
            RowReader reader = shapes.key(Frame.schemaId(framed));
            AvroInput in = new AvroInput(framed, Frame.LENGTH, settings.limits());
            @Nullable Object[] values = reader.read(in);
            in.end();
            return shape.keyRow(shape.inKeyOrder(reader.columns(), values));
        } catch (BadRecord e) {
            throw e.in(part);
        }
    }
}
