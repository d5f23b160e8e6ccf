package dev.sluice.masking.error;

import org.jspecify.annotations.Nullable;

/**
 * Reports that keys, control state or a plan are broken: the batch stops before anything is acknowledged. A bad record
 * is never reported this way. {@link ProtectionErrors} makes every instance.
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
