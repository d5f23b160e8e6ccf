package dev.sluice.masking.seal;

import dev.sluice.cdc.event.Origin;
import dev.sluice.masking.crypto.AesGcm;
import dev.sluice.masking.crypto.Framing;
import dev.sluice.masking.crypto.Hkdf;
import dev.sluice.masking.crypto.HmacSha256;
import dev.sluice.masking.crypto.SecretBytes;
import dev.sluice.masking.error.ProtectionErrors;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.KeyName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Seals dead letters with AES-256-GCM. Form 2, frozen: {@code SLD}, the byte 2, the length of the key's identity (one
 * byte) and that identity in ASCII, the nonce (12 bytes), ciphertext, tag (16 bytes). The coordinates of the record and
 * the id of its topic are associated data, so a payload cannot be moved to another dead letter. The nonce is derived
 * from the associated data and the payload (decision 0002), so the same record gives the same bytes again. Safe for use
 * by many threads.
 */
public final class DeadLetterSeal {

    private static final byte[] MAGIC = {'S', 'L', 'D', 2};
    private static final String USE = "sluice/v1/deadletter";

    private final byte[] header;
    private final SecretKey encryption;
    private final SecretKey nonces;

    public DeadLetterSeal(KeyFile keys) {
        SecretBytes key = keys.key(KeyName.DEAD_LETTER);
        encryption = Hkdf.derive(key, USE + "/enc", AesGcm.ALGORITHM);
        nonces = Hkdf.derive(key, USE + "/nonce", HmacSha256.ALGORITHM);
        byte[] kid = keyId().getBytes(StandardCharsets.US_ASCII);
        header = ByteBuffer.allocate(MAGIC.length + 1 + kid.length)
                .put(MAGIC)
                .put((byte) kid.length)
                .put(kid)
                .array();
    }

    /** Identity of the key that payloads are sealed under. */
    public String keyId() {
        return KeyName.DEAD_LETTER.alias();
    }

    /** The payload sealed for these coordinates. */
    public byte[] seal(Origin origin, byte[] payload) {
        byte[] associated = associated(origin);
        byte[] nonce = Arrays.copyOf(HmacSha256.of(nonces, Framing.of(associated, payload)), AesGcm.NONCE);
        byte[] sealed = AesGcm.seal(encryption, nonce, associated, payload);
        return ByteBuffer.allocate(header.length + nonce.length + sealed.length)
                .put(header)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * The payload.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-012} when the bytes were changed, belong to other
     *     coordinates or to another key store
     */
    public byte[] open(Origin origin, byte[] sealed) {
        int start = header.length + AesGcm.NONCE;
        if (sealed.length < start || !Arrays.equals(header, Arrays.copyOf(sealed, header.length))) {
            throw ProtectionErrors.unreadableDeadLetter(origin.coordinates());
        }
        byte[] nonce = Arrays.copyOfRange(sealed, header.length, start);
        return AesGcm.open(encryption, nonce, associated(origin), Arrays.copyOfRange(sealed, start, sealed.length))
                .orElseThrow(() -> ProtectionErrors.unreadableDeadLetter(origin.coordinates()));
    }

    private byte[] associated(Origin origin) {
        return Framing.of(header, Framing.utf8(origin.coordinates()), Framing.utf8(origin.topicId()));
    }
}
