package dev.sluice.cdc.decode.format;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.DecodeLimits;
import dev.sluice.cdc.decode.avro.WriterSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compiles each schema text once. A schema has an id that is made of the SHA-256 of its text and is always negative, so
 * that it is never taken for an id of a registry. Thread-safe.
 */
final class JsonSchemas {

    private static final int MOST = 4_000;
    private static final int SIGN = 1 << 31;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final DecodeLimits limits;
    private final Map<ByteBuffer, CompiledText> byText = new ConcurrentHashMap<>();
    private final Map<Integer, String> byId = new ConcurrentHashMap<>();

    JsonSchemas(DecodeLimits limits) {
        this.limits = limits;
    }

    /**
     * A schema that was compiled.
     *
     * @param id stands for the text of the schema
     * @param avro the schema as Avro
     * @param reader reads a payload to generic data of that schema
     */
    record Known(int id, Schema avro, ValueReader reader) {}

    /** The compiled schema, or why there is none. */
    private record CompiledText(@Nullable Known known, BadRecord defect) {}

    /** The schema of that document. */
    Known of(JsonDocument document) {
        ByteBuffer text = ByteBuffer.wrap(document.schema());
        CompiledText compiled = byText.get(text);
        if (compiled == null) {
            compiled = compile(text.array());
            byText.put(text, compiled);
        }
        if (compiled.known() == null) {
            throw compiled.defect();
        }
        return compiled.known();
    }

    /** The Avro schema of that id as JSON. */
    Optional<String> avro(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    private synchronized CompiledText compile(byte[] text) {
        BadRecord none = BadRecord.of(DecodeCode.BAD_SCHEMA, "schema in the record");
        if (byText.size() >= MOST) {
            throw BadRecord.of(DecodeCode.BAD_SCHEMA, "more than " + MOST + " different schemas since the start");
        }
        try {
            JsonNode connect = JSON.readTree(text);
            String json = new ConnectSchema(limits).avro(connect).toString();
            Schema avro = WriterSchema.parse(json, limits);
            int id = free(text);
            byId.put(id, json);
            return new CompiledText(new Known(id, avro, ConnectReaders.of(connect, avro)), none);
        } catch (BadRecord e) {
            return new CompiledText(null, e.in("schema"));
        } catch (IOException e) {
            return new CompiledText(null, none);
        }
    }

    private int free(byte[] text) {
        int id = ByteBuffer.wrap(sha256(text)).getInt() | SIGN;
        while (byId.containsKey(id)) {
            id = (id + 1) | SIGN;
        }
        return id;
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform has no SHA-256.", e);
        }
    }
}
