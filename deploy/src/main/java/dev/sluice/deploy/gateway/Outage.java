package dev.sluice.deploy.gateway;

import dev.sluice.cdc.KnownFailure;
import dev.sluice.deploy.lifecycle.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;

/**
 * A failure that passes without a change of the gateway, its settings or its data: a broker, registry, policy engine or
 * disk that is away for a while. The gateway pauses and tries again, however long the outage lasts.
 *
 * @param code stable code of the failure, empty when it has none
 * @param reason the failure as sentences, without a data value
 */
record Outage(String code, String reason) {

    /** Free bytes below which a failed write is taken for a full disk. */
    private static final long FULL = 16L << 20;

    /** The outage behind the failure of a batch; empty when the failure is of another kind. */
    static Optional<Outage> of(Throwable failure, Path home) {
        for (Throwable link : Failures.chain(failure)) {
            if (link instanceof RetriableException) {
                return Optional.of(of(GatewayErrors.brokerAway(link)));
            }
            if (link instanceof KnownFailure known && known.retryable()) {
                return Optional.of(of(link));
            }
            if (link instanceof IOException && isFull(home)) {
                return Optional.of(of(GatewayErrors.diskFull(home, link)));
            }
        }
        return Optional.empty();
    }

    /** The outage that this failure reports. */
    static Outage of(Throwable failure) {
        return new Outage(Failures.code(failure), Failures.text(failure));
    }

    private static boolean isFull(Path home) {
        try {
            return Files.getFileStore(home).getUsableSpace() < FULL;
        } catch (IOException unknown) {
            return false;
        }
    }
}
