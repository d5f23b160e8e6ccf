package dev.sluice.policy.review;

/**
 * Something that a reviewer must know about a policy folder.
 *
 * @param severity how bad it is
 * @param file file inside the folder
 * @param line line from 1; 0 when the whole file is meant
 * @param message what, why, and what to do
 */
public record Finding(Severity severity, String file, int line, String message) {

    /** How bad a finding is. */
    public enum Severity {
        /** The gateway refuses the folder or holds a dataset. */
        ERROR,
        /** Data flows, but not as somebody probably meant. */
        WARNING
    }

    /** {@code file:line severity message}. */
    @Override
    public String toString() {
        return (line == 0 ? file : file + ":" + line) + " " + severity + " " + message;
    }
}
