package dev.sluice.masking.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Seals field values so that the same value of the same field under the same key gives the same envelope: the nonce is
 * the first 96 bits of HMAC-SHA-256 over dataset, field and value, under a key of its own. See decision 0002 (derived
 * nonces) for the argument and its limits. Immutable; safe for use by many threads.
 */
public final class TokenKey {

    private static final String FORMAT = "sl1";

    private final String kid;
    private final SecretKey encryption;
    private final SecretKey nonces;

    private TokenKey(String kid, SecretKey encryption, SecretKey nonces) {
        this.kid = kid;
        this.encryption = encryption;
        this.nonces = nonces;
    }

    /** Keys of that identity from one secret; {@code use} separates what the secret is used for. */
    public static TokenKey of(String kid, SecretBytes secret, String use) {
        return new TokenKey(
                kid,
                Hkdf.derive(secret, use + "/enc", AesGcm.ALGORITHM),
                Hkdf.derive(secret, use + "/nonce", HmacSha256.ALGORITHM));
    }

    /** Keys that need both secrets, so that destroying either destroys them. */
    public static TokenKey of(String kid, SecretBytes first, SecretBytes second, String use) {
        return new TokenKey(
                kid,
                Hkdf.derive(first, second, use + "/enc", AesGcm.ALGORITHM),
                Hkdf.derive(first, second, use + "/nonce", HmacSha256.ALGORITHM));
    }

    /** Identity of the key, as envelopes carry it. */
    public String kid() {
        return kid;
    }

    /** The value sealed for that place; the place is not stored, and must be given again to open. */
    public Envelope seal(TokenPlace place, byte[] value) {
        byte[] input = Framing.of(place.bytes(), value);
        byte[] nonce = Arrays.copyOf(HmacSha256.of(nonces, input), AesGcm.NONCE);
        byte[] sealed = AesGcm.seal(encryption, nonce, associated(place), value);
        ByteBuffer body = ByteBuffer.allocate(nonce.length + sealed.length);
        body.put(nonce).put(sealed);
        return new Envelope(kid, body.array());
    }

    /** The value; empty when the envelope is of another key, another place, or changed. */
    public Optional<byte[]> open(TokenPlace place, Envelope envelope) {
        byte[] body = envelope.body();
        if (!envelope.kid().equals(kid) || body.length < AesGcm.NONCE + AesGcm.TAG) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(body, AesGcm.NONCE);
        byte[] sealed = Arrays.copyOfRange(body, AesGcm.NONCE, body.length);
        return AesGcm.open(encryption, nonce, associated(place), sealed);
    }

    private byte[] associated(TokenPlace place) {
        return Framing.of(Framing.utf8(FORMAT), place.bytes(), Framing.utf8(kid));
    }

    @Override
    public String toString() {
        return "TokenKey[" + kid + "]";
    }

    /** The dataset and field that a sealed value belongs to. Immutable. */
    public static final class TokenPlace {
        private final byte[] bytes;

        private TokenPlace(byte[] bytes) {
            this.bytes = bytes;
        }

        /** A field of a dataset; the dataset by its topic name. */
        public static TokenPlace of(String dataset, String field) {
            return new TokenPlace(Framing.of(Framing.utf8(dataset), Framing.utf8(field)));
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
