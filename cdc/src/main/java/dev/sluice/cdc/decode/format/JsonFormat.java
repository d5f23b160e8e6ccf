package dev.sluice.cdc.decode.format;

import com.fasterxml.jackson.core.JsonFactory;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeLimits;
import dev.sluice.cdc.event.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as Kafka Connect's {@code JsonConverter} writes it with {@code schemas.enable=true}: every key and value
 * carries the Connect schema of its payload. The schema becomes the Avro schema that a Connect Avro converter would
 * have registered, so a column has the same type and the same values whichever converter wrote it.
 *
 * <p>Reads strictly: a payload has exactly the fields of its schema, no name twice, numbers inside their type. No
 * number passes through a floating-point type unless its schema says so.
 */
public final class JsonFormat implements RecordFormat {

    private static final String LINK = "__debezium.";

    private final JsonFactory factory;
    private final JsonSchemas schemas;

    /** The format within these limits. */
    public JsonFormat(DecodeLimits limits) {
        this.factory = JsonDocument.factory(limits);
        this.schemas = new JsonSchemas(limits);
    }

    @Override
    @SuppressWarnings("NullAway") // both may be null; the class file of a compact constructor does not say so
    public RawRecord framed(RawRecord record) {
        List<RawRecord.Header> headers = new ArrayList<>();
        for (RawRecord.Header header : record.headers()) {
            headers.add(header.name().startsWith(LINK) ? link(header) : header);
        }
        return new RawRecord(record.origin(), part(record.key(), "key"), part(record.value(), ""), headers);
    }

    /** A link that carries its schema is framed; one without is left to the reader of such texts. */
    private RawRecord.Header link(RawRecord.Header header) {
        byte[] value = header.value();
        if (value == null || !JsonDocument.beginsWithSchema(value)) {
            return header;
        }
        return new RawRecord.Header(header.name(), part(value, "header " + header.name()));
    }

    private byte @Nullable [] part(byte @Nullable [] json, String name) {
        if (json == null) {
            return null;
        }
        try {
            return framed(json);
        } catch (BadRecord e) {
            throw name.isEmpty() ? e : e.in(name);
        }
    }

    private byte[] framed(byte[] json) {
        JsonDocument document = JsonDocument.of(json, factory);
        JsonSchemas.Known known = schemas.of(document);
        Object payload = document.payload(known.reader());
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length / 4 + 64);
            DataOutputStream frame = new DataOutputStream(bytes);
            frame.writeByte(0);
            frame.writeInt(known.id());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(known.avro()).write(payload, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> schema(int id) {
        return schemas.avro(id);
    }

    /** The byte of a framed record says nothing about the JSON, so the defect keeps its path only. */
    @Override
    public BadRecord ofRaw(BadRecord found) {
        return found.withoutPosition();
    }
}
