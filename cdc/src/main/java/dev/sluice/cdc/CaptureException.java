package dev.sluice.cdc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a service or a setting of capture, registry or decoding is broken; the batch stops before anything is
 * acknowledged. A bad record is never reported this way. Messages say what, where, why and what to do, and hold no data
 * value.
 */
public final class CaptureException extends RuntimeException implements KnownFailure {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;
    private @Nullable String dataset;

    /**
     * A failure with its stable code.
     *
     * @param code {@code CDC-} and three digits
     * @param message what, where, why, what to do
     * @param retryable true when the same call can succeed later without a change by a person (an outage)
     * @param cause the exception that led to this one, if any
     */
    public CaptureException(String code, String message, boolean retryable, @Nullable Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
        this.retryable = retryable;
    }

    /** The same failure, which concerns the dataset of that topic and no other. */
    public CaptureException ofDataset(String topic) {
        this.dataset = topic;
        return this;
    }

    /** This failure as one of the whole source. */
    public CaptureException ofSource() {
        return dataset == null ? this : new CaptureException(code, text(), retryable, this);
    }

    /** The message without the code in front. */
    public String text() {
        return String.valueOf(getMessage()).substring(code.length() + 1);
    }

    @Override
    public Optional<String> dataset() {
        return Optional.ofNullable(dataset);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
