package dev.sluice.cdc;

import java.util.Optional;

/**
 * Reports a failure that a module of the product has recognised. Its message is safe to show: it holds no data value.
 */
public interface KnownFailure {

    /** The stable code, for example {@code CDC-101}. */
    String code();

    /** Whether the same call can succeed later without a change by a person: a service or a disk is away. */
    boolean retryable();

    /** The topic of the one dataset that has to stop; empty when the failure is not about one dataset. */
    default Optional<String> dataset() {
        return Optional.empty();
    }
}
