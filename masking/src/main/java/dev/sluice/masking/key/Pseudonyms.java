package dev.sluice.masking.key;

import dev.sluice.masking.crypto.Framing;
import dev.sluice.masking.crypto.HmacSha256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Computes the pseudonym of a person: the first 128 bits, in hex, of HMAC-SHA-256 over kind and naming values, under a
 * key that has no other use. A person has the same pseudonym in every table. Without the key, a guess of the naming
 * values cannot be checked against a pseudonym. Safe for use by many threads.
 */
public final class Pseudonyms {

    private static final int BYTES = 16;

    private final SecretKey key;

    public Pseudonyms(KeyFile keys) {
        key = keys.key(KeyName.PSEUDONYM).key(HmacSha256.ALGORITHM);
    }

    /** The pseudonym of the person: 32 hex digits. */
    public String of(SubjectRef person) {
        List<String> parts = new ArrayList<>(person.keyValues().size() + 1);
        parts.add(person.kind());
        parts.addAll(person.keyValues());
        return HexFormat.of().formatHex(HmacSha256.of(key, Framing.of(parts)), 0, BYTES);
    }
}
