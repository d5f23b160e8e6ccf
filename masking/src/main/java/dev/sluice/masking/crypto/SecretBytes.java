package dev.sluice.masking.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Holds key material. Has no readable {@code toString}, compares by identity, cannot be serialized, and can be wiped.
 * Safe for use by many threads. Every use of wiped bytes throws an {@link IllegalStateException}.
 */
public final class SecretBytes {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;
    private boolean wiped;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the bytes over: the given array is wiped. */
    public static SecretBytes taking(byte[] bytes) {
        SecretBytes secret = new SecretBytes(bytes.clone());
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }

    /** Fresh random bytes from the platform's generator. */
    public static SecretBytes random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    /**
     * Gives the function a copy of the bytes, and wipes the copy when the function returns. The function must not keep
     * the copy.
     */
    public <R> R use(Function<byte[], R> reader) {
        byte[] copy = copy();
        try {
            return reader.apply(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** The bytes as a key of the Java platform. */
    public SecretKey key(String algorithm) {
        return use(b -> new SecretKeySpec(b, algorithm));
    }

    /** Overwrites the bytes. Every later use fails. */
    public synchronized void wipe() {
        Arrays.fill(bytes, (byte) 0);
        wiped = true;
    }

    private synchronized byte[] copy() {
        if (wiped) {
            throw new IllegalStateException("The secret was wiped and cannot be used.");
        }
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "SecretBytes[****]";
    }
}
