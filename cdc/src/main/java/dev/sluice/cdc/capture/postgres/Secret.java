package dev.sluice.cdc.capture.postgres;

import java.util.Objects;

/** Holds a password and prints as {@code ****}; only the code that sends the password calls {@link #reveal()}. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a password; empty means none. */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value));
    }

    /** The password itself, for the one call that sends it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "****";
    }
}
