package dev.sluice.policy;

import dev.sluice.cdc.KnownFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports that policy gives no plan; the batch stops before anything is acknowledged. The message holds no data value.
 */
public final class PolicyException extends RuntimeException implements KnownFailure {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;
    private final @Nullable String dataset;

    private PolicyException(String code, String message, boolean retryable, @Nullable String dataset) {
        super(code + " " + message);
        this.code = code;
        this.retryable = retryable;
        this.dataset = dataset;
    }

    PolicyException(String code, String message) {
        this(code, message, false, null);
    }

    PolicyException(String code, String message, Throwable cause) {
        this(code, message);
        initCause(cause);
    }

    /** An engine that is away for a while. */
    static PolicyException away(String code, String message) {
        return new PolicyException(code, message, true, null);
    }

    /** A refusal that concerns the dataset of that topic and no other. */
    static PolicyException ofDataset(String code, String dataset, String message) {
        return new PolicyException(code, message, false, dataset);
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
