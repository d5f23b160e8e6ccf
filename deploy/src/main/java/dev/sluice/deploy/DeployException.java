package dev.sluice.deploy;

import dev.sluice.cdc.KnownFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the gateway, its settings or a part that it starts is broken. The message says what, where, why and what
 * to do, starts with the code and holds no data value.
 *
 * <p>Codes: {@code DEP-1xx} embedded runtime and home, {@code DEP-2xx} pipeline file, {@code DEP-3xx} gateway, {@code
 * DEP-4xx} command line.
 */
public final class DeployException extends RuntimeException implements KnownFailure {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;
    private @Nullable String dataset;

    /**
     * A failure with its stable code.
     *
     * @param code {@code DEP-} and three digits
     * @param message what, where, why, what to do
     * @param cause what lies beneath, if anything
     */
    public DeployException(String code, String message, @Nullable Throwable cause) {
        this(code, message, false, cause);
    }

    private DeployException(String code, String message, boolean retryable, @Nullable Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
        this.retryable = retryable;
    }

    /** A service or a disk that is away for a while. */
    public static DeployException away(String code, String message, @Nullable Throwable cause) {
        return new DeployException(code, message, true, cause);
    }

    /** A failure without a cause beneath. */
    public DeployException(String code, String message) {
        this(code, message, null);
    }

    /** The same failure, which concerns the dataset of that topic and no other. */
    public DeployException ofDataset(String topic) {
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
