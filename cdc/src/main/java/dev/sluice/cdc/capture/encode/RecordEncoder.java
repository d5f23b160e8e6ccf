package dev.sluice.cdc.capture.encode;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.cut.EngineOffset;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.event.OversizedValue;
import dev.sluice.cdc.registry.SchemaRegistry;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns the engine's records into Kafka records: key and value as Avro in the Confluent wire format (byte 0, schema id
 * as four bytes big-endian, Avro binary), schemas registered under {@code <topic>-key} and {@code <topic>-value}. The
 * encoder writes headers that carry a key, as at a change of primary key, like keys. Confined to the engine's thread.
 */
public final class RecordEncoder {
    private static final byte MAGIC = 0;
    private static final int MOST_SCHEMAS = 2_000;

    private final SchemaRegistry registry;
    private final AvroData avroData = new AvroData(MOST_SCHEMAS);
    /** Compared by identity: the engine keeps one schema object per table version, and comparing schemas is slow. */
    private final IdentityHashMap<Schema, Map<String, Written>> known = new IdentityHashMap<>();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    private final int largest;

    /**
     * An encoder that registers schemas at that registry.
     *
     * @param largest most bytes of a value; an {@link OversizedValue} stands for a larger one
     */
    public RecordEncoder(SchemaRegistry registry, int largest) {
        this.registry = registry;
        this.largest = largest;
    }

    private record Written(int id, AvroBody body) {}

    /**
     * The Kafka record for the first partition of the record's topic.
     *
     * @throws CaptureException {@code CDC-034} when a value does not fit its schema, {@code CDC-035} when Avro has no
     *     such schema, or the failure of the registry
     */
    public ProducerRecord<byte[], byte[]> encode(SourceRecord record) {
        String topic = record.topic();
        byte[] value = frame(topic, "-value", record.valueSchema(), record.value());
        ProducerRecord<byte[], byte[]> encoded = new ProducerRecord<>(
                topic,
                0,
                frame(topic, "-key", record.keySchema(), record.key()),
                value == null || value.length <= largest ? value : oversized(record, value));
        for (Header header : record.headers()) {
            encoded.headers().add(header.key(), header(topic, header));
        }
        return encoded;
    }

    private static byte[] oversized(SourceRecord record, byte[] value) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            int schemaId = ByteBuffer.wrap(value).getInt(1);
            String hash = HexFormat.of().formatHex(sha.digest(value));
            return new OversizedValue(schemaId, position(record), value.length, hash).bytes();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static long position(SourceRecord record) {
        return EngineOffset.of(record).change().map(Lsn::value).orElse(0L);
    }

    private byte @Nullable [] header(String topic, Header header) {
        Schema schema = header.schema();
        if (header.value() instanceof String text && (schema == null || schema.type() == Schema.Type.STRING)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return frame(topic, "-key", schema, header.value());
    }

    private byte @Nullable [] frame(String topic, String suffix, @Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (schema == null) {
            throw EncodeErrors.unencodable(topic, suffix, "it has no schema", null);
        }
        Written written = written(topic, suffix, schema);
        try {
            bytes.reset();
            bytes.write(MAGIC);
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(written.id()).array());
            written.body().write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (AvroBody.Unwritable e) {
            throw EncodeErrors.unencodable(topic, suffix, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Written written(String topic, String suffix, Schema schema) {
        if (known.size() > MOST_SCHEMAS) {
            known.clear();
        }
        Map<String, Written> bySubject = known.computeIfAbsent(schema, s -> new java.util.HashMap<>());
        return bySubject.computeIfAbsent(topic + suffix, subject -> register(topic, subject, schema));
    }

    private Written register(String topic, String subject, Schema schema) {
        try {
            org.apache.avro.Schema avro = avroData.fromConnectSchema(AvroNames.of(schema));
            AvroBody body = AvroBody.of(schema, avro, "");
            return new Written(registered(subject, registrable(avro)), body);
        } catch (AvroRuntimeException e) {
            throw EncodeErrors.noSchema(topic, e);
        } catch (AvroBody.Unwritable e) {
            throw EncodeErrors.unencodable(topic, subject, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The id of the schema. Every record is read by the schema that wrote it, so the schemas of our own subjects need
     * not be compatible with each other: when the registry refuses a change of the table, the subject gets the level
     * NONE, and capture goes on.
     */
    private int registered(String subject, String schema) {
        try {
            return registry.register(subject, schema);
        } catch (CaptureException refused) {
            if (refused.retryable()) {
                throw refused;
            }
            registry.compatibility(subject, SchemaRegistry.Compatibility.NONE);
            return registry.register(subject, schema);
        }
    }

    /**
     * The schema as registered. Apicurio's server takes a text default that is exactly {@code {}} (every jsonb column
     * that defaults to an empty object) for no schema at all, so the encoder writes a blank inside it. No part of
     * sluice reads these defaults.
     */
    private static String registrable(org.apache.avro.Schema avro) {
        return avro.toString().replace("\"default\":\"{}\"", "\"default\":\"{ }\"");
    }
}
