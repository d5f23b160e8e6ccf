package dev.sluice.cdc.event;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Stands in a raw topic for a value that is larger than a record may be. The key of the record stays as it was. Form 1,
 * frozen, 56 bytes: {@code SLT} and the byte 1, the registry id of the value's schema (four bytes), the log position
 * (eight bytes, 0 when unknown), the length of the framed value (eight bytes), the SHA-256 of the framed value (32
 * bytes); numbers are big endian.
 *
 * @param schemaId registry id of the value's writer schema
 * @param position log position of the change (PostgreSQL: LSN), 0 when unknown
 * @param length length of the framed value in bytes
 * @param sha256 SHA-256 of the framed value as 64 hex digits
 */
public record OversizedValue(int schemaId, long position, long length, String sha256) {

    private static final byte[] MAGIC = {'S', 'L', 'T', 1};
    private static final int DIGEST = 32;
    private static final int LENGTH = MAGIC.length + Integer.BYTES + 2 * Long.BYTES + DIGEST;

    /** The form in the topic. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .putInt(schemaId)
                .putLong(position)
                .putLong(length)
                .put(HexFormat.of().parseHex(sha256))
                .array();
    }

    /** Reads the form in the topic; empty when the bytes are something else. */
    public static Optional<OversizedValue> read(byte[] value) {
        if (value.length != LENGTH || !Arrays.equals(MAGIC, Arrays.copyOf(value, MAGIC.length))) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(value, MAGIC.length, LENGTH - MAGIC.length);
        int schemaId = in.getInt();
        long position = in.getLong();
        long length = in.getLong();
        return Optional.of(new OversizedValue(
                schemaId, position, length, HexFormat.of().formatHex(value, LENGTH - DIGEST, LENGTH)));
    }

    /** Position, length and hash for a person; no value. */
    public String detail() {
        String log = Long.toHexString(position >>> 32) + "/" + Long.toHexString(position & 0xffffffffL);
        return "a value of " + length + " bytes at log position " + log.toUpperCase(Locale.ROOT) + ", sha256 " + sha256;
    }
}
