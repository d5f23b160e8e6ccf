package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.ColumnNames;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.DecodeLimits;
import dev.sluice.cdc.decode.avro.RowReader;
import dev.sluice.cdc.decode.avro.WriterSchema;
import dev.sluice.cdc.decode.format.RecordFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the schema of each id once per use and keeps the result. A schema that cannot be used is kept as a defect;
 * an id that the registry does not know is asked for again. Thread-safe.
 */
final class Shapes {

    private static final Map<String, Integer> TRANSACTION_SLOTS = Map.of("status", 0, "id", 1);

    /** Says that the registry has no schema of that id. */
    static final class UnknownId extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int id;

        UnknownId(int id) {
            super("no schema of the id", null, false, false);
            this.id = id;
        }

        int id() {
            return id;
        }
    }

    /** The compiled schema, or why there is none. */
    private record Compiled<T>(@Nullable T shape, BadRecord defect) {}

    private final RecordFormat format;
    private final DecodeLimits limits;
    private final ColumnNames names;
    private final Map<Integer, Compiled<EnvelopeReader>> envelopes = new ConcurrentHashMap<>();
    private final Map<Integer, Compiled<RowReader>> keys = new ConcurrentHashMap<>();
    private final Map<Integer, Compiled<SourceReader>> transactions = new ConcurrentHashMap<>();
    private final Map<Long, RowShape> rows = new ConcurrentHashMap<>();

    Shapes(RecordFormat format, DecodeLimits limits, ColumnNames names) {
        this.format = format;
        this.limits = limits;
        this.names = names;
    }

    /** The envelope of that id. */
    EnvelopeReader envelope(int id) {
        return compiled(envelopes, id, schema -> EnvelopeReader.of(schema, names));
    }

    /** The key of that id. */
    RowReader key(int id) {
        return compiled(keys, id, this::keyReader);
    }

    /** The transaction record of that id; slot 0 is the status, slot 1 the id. */
    SourceReader transaction(int id) {
        return compiled(transactions, id, Shapes::transactionReader);
    }

    /** The row of that envelope with the key of that id. */
    RowShape row(int valueId, int keyId) {
        Long pair = ((long) valueId << 32) | (keyId & 0xffffffffL);
        RowShape known = rows.get(pair);
        if (known == null) {
            known = RowShape.of(envelope(valueId).rows().columns(), key(keyId).columns());
            rows.put(pair, known);
        }
        return known;
    }

    private RowReader keyReader(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD || schema.getFields().isEmpty()) {
            throw BadRecord.of(DecodeCode.KEY_MISMATCH, "key schema is not a record of columns");
        }
        return RowReader.of(schema, names);
    }

    private static SourceReader transactionReader(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD || schema.getField("status") == null) {
            throw BadRecord.of(DecodeCode.NOT_AN_ENVELOPE, "not a transaction record");
        }
        return SourceReader.of(schema, TRANSACTION_SLOTS);
    }

    private <T> T compiled(Map<Integer, Compiled<T>> cache, int id, Function<Schema, T> compiler) {
        Compiled<T> known = cache.get(id);
        if (known == null) {
            String json = format.schema(id).orElseThrow(() -> new UnknownId(id));
            known = compile(json, id, compiler);
            cache.put(id, known);
        }
        if (known.shape() == null) {
            throw known.defect();
        }
        return known.shape();
    }

    private <T> Compiled<T> compile(String json, int id, Function<Schema, T> compiler) {
        BadRecord none = BadRecord.of(DecodeCode.BAD_SCHEMA, "schema id " + Integer.toUnsignedString(id));
        try {
            return new Compiled<>(compiler.apply(WriterSchema.parse(json, limits)), none);
        } catch (BadRecord e) {
            return new Compiled<>(null, e.in("schema " + Integer.toUnsignedString(id)));
        }
    }
}
