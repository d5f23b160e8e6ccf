package dev.sluice.sinks;

import dev.sluice.cdc.KnownFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a batch, an erasure or a read of the lake cannot go on. A batch that meets this exception stops before
 * anything is acknowledged. A bad record becomes a dead letter and is never reported this way. {@link SinkErrors} makes
 * every instance.
 */
public final class SinkException extends RuntimeException implements KnownFailure {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;
    private @Nullable String dataset;

    private SinkException(String code, String message, boolean retryable, @Nullable Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
        this.retryable = retryable;
    }

    SinkException(String code, String message, Throwable cause) {
        this(code, message, false, cause);
    }

    SinkException(String code, String message) {
        this(code, message, false, null);
    }

    /** Storage that is away for a while. */
    static SinkException away(String code, String message, Throwable cause) {
        return new SinkException(code, message, true, cause);
    }

    /** The same failure, which concerns the dataset of that topic and no other. */
    SinkException ofDataset(String topic) {
        this.dataset = topic;
        return this;
    }

    @Override
    public Optional<String> dataset() {
        return Optional.ofNullable(dataset);
    }

    @Override
    public boolean retryable() {
        return retryable;
    }

    @Override
    public String code() {
        return code;
    }
}
