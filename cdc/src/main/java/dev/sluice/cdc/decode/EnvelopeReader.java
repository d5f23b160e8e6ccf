package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.AvroInput;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.ColumnCompiler;
import dev.sluice.cdc.decode.avro.ColumnNames;
import dev.sluice.cdc.decode.avro.ColumnReader;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.RowReader;
import dev.sluice.cdc.decode.avro.Skip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads Debezium's envelope; the order of its fields does not matter, and unknown fields are passed over. Compiled once
 * per writer schema; thread-safe.
 */
final class EnvelopeReader {

    static final int SCHEMA = 0;
    static final int TABLE = 1;
    static final int LSN = 2;
    static final int TX_ID = 3;
    static final int COMMIT_MICROS = 4;
    static final int COMMIT_MILLIS = 5;
    static final int SNAPSHOT = 6;
    static final int CONNECTOR = 7;
    static final int DB = 8;
    static final int FILE = 9;
    static final int POS = 10;
    static final int ROW = 11;
    static final int GTID = 12;
    static final int SEQUENCE = 13;
    private static final Map<String, Integer> SOURCE_SLOTS = Map.ofEntries(
            Map.entry("schema", SCHEMA),
            Map.entry("table", TABLE),
            Map.entry("lsn", LSN),
            Map.entry("txId", TX_ID),
            Map.entry("ts_us", COMMIT_MICROS),
            Map.entry("ts_ms", COMMIT_MILLIS),
            Map.entry("snapshot", SNAPSHOT),
            Map.entry("connector", CONNECTOR),
            Map.entry("db", DB),
            Map.entry("file", FILE),
            Map.entry("pos", POS),
            Map.entry("row", ROW),
            Map.entry("gtid", GTID),
            Map.entry("sequence", SEQUENCE));

    static final int ID = 0;
    static final int IN_TABLE = 1;
    private static final Map<String, Integer> TRANSACTION_SLOTS = Map.of("id", ID, "data_collection_order", IN_TABLE);

    /** Reads one field of the envelope, or passes over it. */
    @FunctionalInterface
    private interface FieldReader {
        void read(AvroInput in, DebeziumEnvelope envelope);
    }

    private record EnvelopeField(String name, FieldReader reader) {}

    private final RowReader rows;
    private final List<EnvelopeField> fields;

    private final List<EnvelopeField> toSource;

    private EnvelopeReader(RowReader rows, List<EnvelopeField> fields, List<EnvelopeField> toSource) {
        this.rows = rows;
        this.fields = fields;
        this.toSource = toSource;
    }

    /**
     * The reader of that writer schema.
     *
     * @param names how the fields of the images spell the names of the columns
     * @throws BadRecord when the schema is no envelope, or a column of it cannot be read
     */
    static EnvelopeReader of(Schema schema, ColumnNames names) {
        Schema after = part(schema, "after");
        Schema before = part(schema, "before");
        if (schema.getType() != Schema.Type.RECORD || after == null || part(schema, "source") == null) {
            throw BadRecord.of(DecodeCode.NOT_AN_ENVELOPE, "no record with after and source");
        }
        if (schema.getField("op") == null || (before != null && !before.equals(after))) {
            throw BadRecord.of(DecodeCode.NOT_AN_ENVELOPE, "no op, or images of different types");
        }
        RowReader rows = rows(after, names);
        List<EnvelopeField> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new EnvelopeField(field.name(), reader(field, rows)));
        }
        return new EnvelopeReader(rows, List.copyOf(fields), toSource(schema));
    }

    /** The fields up to the source block, of which the source block alone is read. */
    private static List<EnvelopeField> toSource(Schema schema) {
        List<EnvelopeField> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (field.name().equals("source")) {
                fields.add(new EnvelopeField(field.name(), source(field.schema())));
                break;
            }
            Skip skip = Skip.of(field.schema());
            fields.add(new EnvelopeField(field.name(), (in, envelope) -> skip.skip(in)));
        }
        return List.copyOf(fields);
    }

    private static RowReader rows(Schema after, ColumnNames names) {
        try {
            return RowReader.of(after, names);
        } catch (BadRecord e) {
            throw e.in("after");
        }
    }

    private static FieldReader reader(Schema.Field field, RowReader rows) {
        Schema schema = field.schema();
        return switch (field.name()) {
            case "before" -> image(schema, (in, envelope) -> envelope.before = rows.read(in));
            case "after" -> image(schema, (in, envelope) -> envelope.after = rows.read(in));
            case "source" -> source(schema);
            case "transaction" -> transaction(schema);
            case "op" -> op(schema);
            default -> {
                Skip skip = Skip.of(schema);
                yield (in, envelope) -> skip.skip(in);
            }
        };
    }

    private static FieldReader source(Schema schema) {
        SourceReader reader = SourceReader.of(record(schema), SOURCE_SLOTS);
        return image(schema, (in, envelope) -> envelope.source = reader.read(in));
    }

    private static FieldReader transaction(Schema schema) {
        Schema record = record(schema);
        if (record.getType() != Schema.Type.RECORD) {
            Skip skip = Skip.of(schema);
            return (in, envelope) -> skip.skip(in);
        }
        SourceReader reader = SourceReader.of(record, TRANSACTION_SLOTS);
        return image(schema, (in, envelope) -> envelope.transaction = reader.read(in));
    }

    private static FieldReader op(Schema schema) {
        ColumnReader reader = ColumnCompiler.column("op", schema).reader();
        return (in, envelope) -> envelope.op = reader.read(in);
    }

    /** A record that may be null on the wire. */
    private static FieldReader image(Schema schema, FieldReader value) {
        if (schema.getType() != Schema.Type.UNION) {
            return value;
        }
        int choices = schema.getTypes().size();
        int valueIndex = schema.getTypes().indexOf(record(schema));
        return (in, envelope) -> {
            if (in.readIndex(choices) == valueIndex) {
                value.read(in, envelope);
            }
        };
    }

    private static @Nullable Schema part(Schema schema, String name) {
        if (schema.getType() != Schema.Type.RECORD || schema.getField(name) == null) {
            return null;
        }
        Schema part = record(schema.getField(name).schema());
        return part.getType() == Schema.Type.RECORD ? part : null;
    }

    /** The one record of a union with null, else the schema itself. */
    private static Schema record(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(choice -> choice.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? others.get(0) : schema;
    }

    /** The reader of the row images. */
    RowReader rows() {
        return rows;
    }

    /** The whole envelope. */
    DebeziumEnvelope read(AvroInput in) {
        DebeziumEnvelope envelope = read(fields, in);
        in.end();
        return envelope;
    }

    /** The envelope with its source block alone, also where a value of a row cannot be read. */
    DebeziumEnvelope readSource(AvroInput in) {
        return read(toSource, in);
    }

    private static DebeziumEnvelope read(List<EnvelopeField> fields, AvroInput in) {
        DebeziumEnvelope envelope = new DebeziumEnvelope();
        for (EnvelopeField field : fields) {
            try {
                field.reader().read(in, envelope);
            } catch (BadRecord e) {
                throw e.in(field.name());
            }
        }
        return envelope;
    }
}
