package dev.sluice.masking.key;

/**
 * Lists the keys of an installation. Each key is 256 random bits with one use; the number in the alias is the key's
 * version.
 */
public enum KeyName {
    /** Wraps the keys of people. */
    KEK("kek-1"),
    /** Source of the keys of join domains. */
    HMAC("hmac-1"),
    /** Seals what policy has not classified. */
    QUARANTINE("quarantine-1"),
    /** Seals dead letters. */
    DEAD_LETTER("deadletter-1"),
    /** Names people in stored data. */
    PSEUDONYM("pseudonym-1");

    private final String alias;

    KeyName(String alias) {
        this.alias = alias;
    }

    /** Name of the entry in the key store, and identity of the key elsewhere. */
    public String alias() {
        return alias;
    }
}
