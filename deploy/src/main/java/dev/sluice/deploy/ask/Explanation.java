package dev.sluice.deploy.ask;

import java.util.Objects;

/**
 * Explains one stable code: of a message, of a finding or of a dead letter.
 *
 * @param code the code, for example {@code DEP-401} or {@code BAD_MAGIC}
 * @param title what is wrong, in a few words
 * @param cause why the code appears, and what it means for the data
 * @param check what to look at
 * @param next one command line that helps next
 */
public record Explanation(String code, String title, String cause, String check, String next) {

    public Explanation {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(next, "next");
    }
}
