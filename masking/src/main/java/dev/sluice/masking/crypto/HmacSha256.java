package dev.sluice.masking.crypto;

import dev.sluice.masking.error.ProtectionErrors;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Computes HMAC-SHA-256 (RFC 2104, FIPS 198-1). Each thread keeps one engine, and sets it up again only when the key is
 * another object than the last time; so many values under one key cost no set-up. Throws a
 * {@link dev.sluice.masking.error.ProtectionException} {@code MSK-013} when the Java platform refuses the algorithm or
 * the key.
 */
public final class HmacSha256 {

    /** Name of the algorithm for keys. */
    public static final String ALGORITHM = "HmacSHA256";

    private static final ThreadLocal<Engine> ENGINE = ThreadLocal.withInitial(Engine::new);

    private HmacSha256() {}

    /** The 32 bytes of the code. */
    public static byte[] of(SecretKey key, byte[] message) {
        return ENGINE.get().of(key, message);
    }

    private static final class Engine {
        private final Mac mac;
        private @Nullable SecretKey last;

        Engine() {
            try {
                mac = Mac.getInstance(ALGORITHM);
            } catch (GeneralSecurityException e) {
                throw ProtectionErrors.noSuchAlgorithm(e);
            }
        }

        @SuppressWarnings("ReferenceEquality") // the same object is the same key; another one is set up again
        byte[] of(SecretKey key, byte[] message) {
            if (last != key) {
                last = null;
                try {
                    mac.init(key);
                } catch (GeneralSecurityException e) {
                    throw ProtectionErrors.noSuchAlgorithm(e);
                }
                last = key;
            }
            return mac.doFinal(message);
        }
    }
}
