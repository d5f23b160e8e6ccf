package dev.sluice.cdc.decode.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.DecodeLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds the two parts of {@code {"schema":...,"payload":...}} in the bytes of a key or a value. */
final class JsonDocument {

    private static final byte[] BEGIN = "{\"schema\":".getBytes(StandardCharsets.US_ASCII);
    // PostgreSQL: 131,072 digits before and 16,383 after the point.
    private static final int LONGEST_NUMBER = 147_500;
    private static final int MOST_DEPTH = 128;

    private final byte[] bytes;
    private final JsonFactory factory;
    private ByteSpan schema = ByteSpan.NONE;
    private ByteSpan payload = ByteSpan.NONE;

    /** The bytes of one value. */
    private record ByteSpan(int from, int until) {
        private static final ByteSpan NONE = new ByteSpan(0, 0);
    }

    private JsonDocument(byte[] bytes, JsonFactory factory) {
        this.bytes = bytes;
        this.factory = factory;
    }

    /** Makes the parsers of documents within these limits. */
    static JsonFactory factory(DecodeLimits limits) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MOST_DEPTH)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(limits.maxRecordBytes())
                        .build())
                .build();
    }

    /** Whether the bytes begin as a value with its schema does. */
    static boolean beginsWithSchema(byte[] bytes) {
        return bytes.length > BEGIN.length && Arrays.equals(bytes, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    /**
     * The document of these bytes.
     *
     * @throws BadRecord when they are not JSON of that form
     */
    static JsonDocument of(byte[] bytes, JsonFactory factory) {
        requireObject(bytes);
        JsonDocument document = new JsonDocument(bytes, factory);
        try (JsonParser parser = document.factory.createParser(bytes)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                document.member(parser);
            }
            if (parser.nextToken() != null) {
                throw new BadRecord(DecodeCode.JSON_MALFORMED, "something follows the JSON object", -1);
            }
        } catch (IOException e) {
            throw malformed(e, 0);
        }
        if (document.schema.equals(ByteSpan.NONE) || document.payload.equals(ByteSpan.NONE)) {
            throw withoutSchema();
        }
        return document;
    }

    /** Refuses anything but an object in UTF-8 without a byte order mark. */
    private static void requireObject(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != '{' || bytes[1] == 0) {
            throw new BadRecord(
                    DecodeCode.BAD_MAGIC, "first byte is not that of a JSON object, which source.format json says", 0);
        }
    }

    private void member(JsonParser parser) throws IOException {
        String name = parser.currentName();
        JsonToken first = parser.nextToken();
        int from = offset(parser.currentTokenLocation());
        parser.skipChildren();
        // A text ends behind the place where its token does; only objects are read again.
        ByteSpan span = new ByteSpan(from, offset(parser.currentLocation()));
        switch (name) {
            case "schema" -> schema = first == JsonToken.START_OBJECT ? span : ByteSpan.NONE;
            case "payload" -> payload = span;
            default -> throw withoutSchema();
        }
        if (name.equals("payload") && first != JsonToken.START_OBJECT) {
            throw BadRecord.of(DecodeCode.JSON_MALFORMED, "payload is no object");
        }
    }

    private static BadRecord withoutSchema() {
        return BadRecord.of(
                DecodeCode.JSON_WITHOUT_SCHEMA,
                "JSON without schema and payload; set key.converter.schemas.enable and value.converter.schemas.enable"
                        + " to true at the connector");
    }

    /** The text of the schema. */
    byte[] schema() {
        return Arrays.copyOfRange(bytes, schema.from(), schema.until());
    }

    /**
     * The payload as Avro's generic data.
     *
     * @throws BadRecord when the payload does not fit the schema
     */
    Object payload(ValueReader reader) {
        try (JsonParser parser = factory.createParser(bytes, payload.from(), payload.until() - payload.from())) {
            parser.nextToken();
            Object value = reader.read(parser);
            if (value == null) {
                throw BadRecord.of(DecodeCode.JSON_MALFORMED, "payload is no object");
            }
            return value;
        } catch (IOException e) {
            throw malformed(e, payload.from());
        }
    }

    /** Jackson's own message may quote the record, so only its place is kept. */
    private static BadRecord malformed(IOException e, int base) {
        JsonLocation location = e instanceof JsonProcessingException json ? json.getLocation() : null;
        int at = location == null || location.getByteOffset() < 0 ? -1 : base + offset(location);
        return new BadRecord(DecodeCode.JSON_MALFORMED, "not JSON as Kafka Connect writes it", at);
    }

    private static int offset(JsonLocation location) {
        return (int) location.getByteOffset();
    }
}
