package dev.sluice.masking.crypto;

import dev.sluice.masking.error.ProtectionErrors;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts and decrypts with AES-256-GCM (NIST SP 800-38D), a 96-bit nonce and a 128-bit tag at the end. Safe for use
 * by many threads. Throws a {@link dev.sluice.masking.error.ProtectionException} {@code MSK-013} when the Java platform
 * refuses the algorithm or the key.
 */
public final class AesGcm {

    /** Name of the algorithm for keys. */
    public static final String ALGORITHM = "AES";

    /** Bytes of a nonce. */
    public static final int NONCE = 12;

    /** Bytes of a tag. */
    public static final int TAG = 16;

    private static final ThreadLocal<ReusedCipher> CIPHER = ThreadLocal.withInitial(ReusedCipher::new);

    private AesGcm() {}

    /** Ciphertext and tag. The caller must never use one nonce for two different inputs under one key. */
    public static byte[] seal(SecretKey key, byte[] nonce, byte[] associated, byte[] clear) {
        try {
            Cipher cipher = CIPHER.get().cipherFor(nonce);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(clear);
        } catch (GeneralSecurityException e) {
            throw ProtectionErrors.noSuchAlgorithm(e);
        }
    }

    /** The clear bytes; empty when key, nonce, associated data or ciphertext is not the one that was sealed. */
    public static Optional<byte[]> open(SecretKey key, byte[] nonce, byte[] associated, byte[] sealed) {
        if (sealed.length < TAG) {
            return Optional.empty();
        }
        try {
            Cipher cipher = newCipher();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(associated);
            return Optional.of(cipher.doFinal(sealed));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw ProtectionErrors.noSuchAlgorithm(e);
        }
    }

    private static Cipher newCipher() throws GeneralSecurityException {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    /**
     * The JDK's cipher refuses to seal twice in a row with one key and nonce. Here the nonce is derived from the
     * value, so the same value twice is legal and gives the same bytes; a fresh cipher object takes that case.
     */
    private static final class ReusedCipher {
        private Cipher cipher = fresh();
        private byte[] lastNonce = new byte[0];

        Cipher cipherFor(byte[] nonce) {
            if (Arrays.equals(lastNonce, nonce)) {
                cipher = fresh();
            }
            lastNonce = nonce.clone();
            return cipher;
        }

        private static Cipher fresh() {
            try {
                return newCipher();
            } catch (GeneralSecurityException e) {
                throw ProtectionErrors.noSuchAlgorithm(e);
            }
        }
    }
}
