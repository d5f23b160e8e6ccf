package dev.sluice.deploy;

import org.jspecify.annotations.Nullable;

/**
 * The gateway, its settings or a part that it starts is broken. The message says what, where, why and what to do,
 * starts with the code and holds no data value.
 *
 * <p>Codes: {@code DEP-1xx} embedded runtime and home, {@code DEP-2xx} pipeline file, {@code DEP-3xx} gateway, {@code
 * DEP-4xx} command line.
 */
public final class DeployException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A failure with its stable code.
     *
     * @param code {@code DEP-} and three digits
     * @param message what, where, why, what to do
     * @param cause what lies beneath, if anything
     */
    public DeployException(String code, String message, @Nullable Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
    }

    /** A failure without a cause beneath. */
    public DeployException(String code, String message) {
        this(code, message, null);
    }

    /** The stable code, for example {@code DEP-101}. */
    public String code() {
        return code;
    }
}
