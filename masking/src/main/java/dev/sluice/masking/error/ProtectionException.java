package dev.sluice.masking.error;

import org.jspecify.annotations.Nullable;

/**
 * Reports that keys, the control database, an erasure case, a stored dead letter or a plan cannot be used. A batch that
 * meets this exception stops before anything is acknowledged. A bad record becomes a dead letter and is never reported
 * this way. {@link ProtectionErrors} makes every instance.
 */
public final class ProtectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    ProtectionException(String code, String message, @Nullable Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
    }

    /** The stable code, for example {@code MSK-001}. */
    public String code() {
        return code;
    }
}
