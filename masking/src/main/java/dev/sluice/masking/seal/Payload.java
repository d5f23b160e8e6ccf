package dev.sluice.masking.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.masking.treat.Canonical;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as bytes before sealing, and reads the bytes back. The bytes hold clear text. Form 1, frozen: the
 * byte 1, then a kind byte.
 *
 * <p>{@code R}: an undecoded record. Key and value as length (four bytes, -1 for null) and bytes; number of headers
 * (four bytes); each header as name and value in the same way, the name in UTF-8. A record in this form can be
 * replayed.
 *
 * <p>{@code E}: an event that was decoded and then could not be protected, and of which not all may be kept, as UTF-8
 * JSON with names, types and canonical texts of its values, for an operator to read. It cannot be replayed; the
 * undecoded record stands in the raw topic at the same coordinates.
 */
public final class Payload {

    private static final int FORM = 1;
    private static final int RAW = 'R';
    private static final int EVENT = 'E';
    private static final ObjectMapper JSON = new ObjectMapper();

    private Payload() {}

    /** The undecoded record as bytes. */
    public static byte[] of(RawRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(FORM);
            out.write(RAW);
            write(out, record.key());
            write(out, record.value());
            out.writeInt(record.headers().size());
            for (RawRecord.Header header : record.headers()) {
                write(out, header.name().getBytes(StandardCharsets.UTF_8));
                write(out, header.value());
            }
        } catch (IOException e) {
            throw new IllegalStateException("A record could not be written to memory.", e);
        }
        return bytes.toByteArray();
    }

    /** The event as bytes. */
    public static byte[] of(ChangeEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("dataset", event.source().dataset().topic());
        json.put("event", event.source().eventId());
        json.put("transaction", event.source().transaction());
        json.put("schema_id", event.source().schemaId());
        json.put("op", event.change().op().code());
        json.put("key", image(event.keys().row()));
        json.put("moved_from", image(Optional.ofNullable(event.keys().movedFrom())));
        json.put("moved_to", image(Optional.ofNullable(event.keys().movedTo())));
        json.put("before", image(event.change().before()));
        json.put("after", image(event.change().after()));
        try {
            byte[] text = JSON.writeValueAsBytes(json);
            byte[] bytes = new byte[text.length + 2];
            bytes[0] = FORM;
            bytes[1] = EVENT;
            System.arraycopy(text, 0, bytes, 2, text.length);
            return bytes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event could not be written as JSON.", e);
        }
    }

    /** Reads an undecoded record back; empty when the bytes are of an event or of no known form. */
    public static Optional<RawRecord> record(Origin origin, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.read() != FORM || in.read() != RAW) {
                return Optional.empty();
            }
            byte[] key = read(in);
            byte[] value = read(in);
            int count = in.readInt();
            List<RawRecord.Header> headers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] name = read(in);
                byte[] content = read(in);
                headers.add(
                        new RawRecord.Header(name == null ? "" : new String(name, StandardCharsets.UTF_8), content));
            }
            return in.read() < 0 ? Optional.of(raw(origin, key, value, headers)) : Optional.empty();
        } catch (IOException endsTooEarly) {
            return Optional.empty();
        }
    }

    /** Reads the JSON of an event back; empty when the bytes are of an undecoded record or of no known form. */
    public static Optional<String> event(byte[] bytes) {
        boolean event = bytes.length > 2 && bytes[0] == FORM && bytes[1] == EVENT;
        return event ? Optional.of(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8)) : Optional.empty();
    }

    private static @Nullable Object image(Optional<Row> image) {
        return image.map(row -> {
                    List<Object> fields = new ArrayList<>();
                    for (int i = 0; i < row.size(); i++) {
                        fields.add(field(row, i));
                    }
                    return fields;
                })
                .orElse(null);
    }

    private static Map<String, @Nullable Object> field(Row row, int index) {
        Map<String, @Nullable Object> field = new LinkedHashMap<>();
        DataType type = row.schema().fields().get(index).type();
        field.put("name", row.schema().fields().get(index).name());
        field.put("type", type.describe());
        Object value = row.value(index);
        if (value == Absent.VALUE) {
            field.put("absent", true);
        } else {
            field.put("value", value == null ? null : text(type, value));
        }
        return field;
    }

    /** The value may be what is wrong with the record, so a value of any class must give a text. */
    private static String text(DataType type, Object value) {
        try {
            return Canonical.text(type, value);
        } catch (ClassCastException | IllegalArgumentException wrongClass) {
            return String.valueOf(value);
        }
    }

    @SuppressWarnings("NullAway") // both may be null; the class file of a compact constructor does not say so
    private static RawRecord raw(
            Origin origin, byte @Nullable [] key, byte @Nullable [] value, List<RawRecord.Header> headers) {
        return new RawRecord(origin, key, value, headers);
    }

    private static void write(DataOutputStream out, byte @Nullable [] part) throws IOException {
        out.writeInt(part == null ? -1 : part.length);
        if (part != null) {
            out.write(part);
        }
    }

    private static byte @Nullable [] read(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < -1 || size > in.available()) {
            throw new IOException("A length lies outside the payload.");
        }
        return size < 0 ? null : in.readNBytes(size);
    }
}
