package dev.sluice.audit.tile;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Holds a SHA-256 hash of 32 bytes. Immutable; two hashes are equal when their bytes are. */
public final class Hash {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies the hash that begins at an offset of the source.
     *
     * @throws IndexOutOfBoundsException when fewer than 32 bytes follow the offset
     */
    public static Hash at(byte[] source, int offset) {
        if (offset < 0 || source.length - offset < LENGTH) {
            throw new IndexOutOfBoundsException("There is no whole hash at offset " + offset);
        }
        return new Hash(Arrays.copyOfRange(source, offset, offset + LENGTH));
    }

    /**
     * Makes a hash of the given 32 bytes.
     *
     * @throws IllegalArgumentException when the array does not have 32 bytes
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A hash has " + LENGTH + " bytes, not " + bytes.length + ".");
        }
        return new Hash(bytes.clone());
    }

    /** Returns a copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the hash as 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the hash in standard base64 with padding. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
