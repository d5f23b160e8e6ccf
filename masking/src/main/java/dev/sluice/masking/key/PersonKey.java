package dev.sluice.masking.key;

import dev.sluice.masking.crypto.SecretBytes;
import dev.sluice.masking.crypto.TokenKey;

/**
 * Holds the two keys of a person who is not erased. The quarantine key of the person is derived from the stored key of
 * the person and the quarantine key of the installation. An erasure therefore destroys both keys, and the stored key
 * alone does not open a quarantined value.
 *
 * @param encrypt for the treatment {@code encrypt}
 * @param quarantine for the treatment {@code quarantine}
 */
public record PersonKey(TokenKey encrypt, TokenKey quarantine) {

    /** What the identity of a person's key starts with; the pseudonym follows. */
    public static final String PERSON = "person-1.";

    private static final String QUARANTINE_USE = "sluice/v1/quarantine";

    static PersonKey of(String pseudonym, SecretBytes dataKey, SecretBytes quarantineKey) {
        return new PersonKey(
                TokenKey.of(PERSON + pseudonym, dataKey, "sluice/v1/person"),
                TokenKey.of(KeyName.QUARANTINE.alias() + "." + pseudonym, quarantineKey, dataKey, QUARANTINE_USE));
    }

    /** The quarantine key for values of rows that name no person. No erasure destroys it. */
    public static TokenKey ofNoPerson(KeyFile keys) {
        return TokenKey.of(KeyName.QUARANTINE.alias(), keys.key(KeyName.QUARANTINE), QUARANTINE_USE);
    }
}
