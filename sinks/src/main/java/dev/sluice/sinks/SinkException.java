package dev.sluice.sinks;

/**
 * Reports that a sink is broken or misused: the batch stops before anything is acknowledged. A bad record is never
 * reported this way. {@link SinkErrors} makes every instance.
 */
public final class SinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    SinkException(String code, String message, Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
    }

    SinkException(String code, String message) {
        super(code + " " + message);
        this.code = code;
    }

    /** Stable code, for example {@code SNK-003}. */
    public String code() {
        return code;
    }
}
