package dev.sluice.cdc.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Computes a digest of a schema that does not depend on white space, order of attributes and repeated namespaces,
 * because registries change these. Names, order of fields, types, defaults and attributes all count.
 */
final class SchemaFingerprint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private SchemaFingerprint() {}

    /** 64 hex digits. */
    static String of(String schema) {
        return sha256(canonical(schema));
    }

    private static String canonical(String schema) {
        try {
            String spelled = new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(schema)
                    .toString();
            Object tree = JSON.readValue(spelled, Object.class);
            return SORTED.writeValueAsString(tree);
        } catch (AvroRuntimeException | JsonProcessingException e) {
            return schema;
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform has no SHA-256.", e);
        }
    }
}
