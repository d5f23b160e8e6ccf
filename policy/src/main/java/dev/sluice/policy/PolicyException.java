package dev.sluice.policy;

/**
 * Reports that policy gives no plan; the batch stops before anything is acknowledged. The message holds no data value.
 */
public final class PolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    PolicyException(String code, String message) {
        super(code + " " + message);
        this.code = code;
    }

    PolicyException(String code, String message, Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
    }

    /** The stable code, for example {@code POL-004}. */
    public String code() {
        return code;
    }
}
