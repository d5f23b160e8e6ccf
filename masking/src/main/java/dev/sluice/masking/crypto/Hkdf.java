package dev.sluice.masking.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Derives independent keys for independent uses from one secret, by HKDF with SHA-256 (RFC 5869). */
public final class Hkdf {

    private static final int BLOCK = 32;

    private Hkdf() {}

    /** A 256-bit key of that algorithm from the secret, without salt; {@code info} names the use. */
    public static SecretKey derive(SecretBytes secret, String info, String algorithm) {
        return secret.use(ikm -> derive(new byte[0], ikm, info, algorithm));
    }

    /** A 256-bit key that needs both secrets: the first is the salt, the second the input key material. */
    public static SecretKey derive(SecretBytes salt, SecretBytes secret, String info, String algorithm) {
        return salt.use(s -> secret.use(ikm -> derive(s, ikm, info, algorithm)));
    }

    private static SecretKey derive(byte[] salt, byte[] ikm, String info, String algorithm) {
        byte[] key = expand(extract(salt, ikm), info.getBytes(StandardCharsets.UTF_8), BLOCK);
        try {
            return new SecretKeySpec(key, algorithm);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** RFC 5869 section 2.2. An empty salt is 32 zero bytes. */
    static byte[] extract(byte[] salt, byte[] ikm) {
        byte[] key = salt.length == 0 ? new byte[BLOCK] : salt;
        return HmacSha256.of(new SecretKeySpec(key, HmacSha256.ALGORITHM), ikm);
    }

    /** RFC 5869 section 2.3. */
    static byte[] expand(byte[] prk, byte[] info, int size) {
        if (size > 255 * BLOCK) {
            throw new IllegalArgumentException(
                    "HKDF gives at most " + 255 * BLOCK + " bytes, but " + size + " were asked for.");
        }
        SecretKey key = new SecretKeySpec(prk, HmacSha256.ALGORITHM);
        byte[] out = new byte[size];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < size; done += BLOCK, counter++) {
            byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
            System.arraycopy(info, 0, input, block.length, info.length);
            input[input.length - 1] = (byte) counter;
            block = HmacSha256.of(key, input);
            System.arraycopy(block, 0, out, done, Math.min(BLOCK, size - done));
        }
        return out;
    }
}
