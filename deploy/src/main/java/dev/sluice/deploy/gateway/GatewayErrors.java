package dev.sluice.deploy.gateway;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.process.ChildFailure;
import dev.sluice.deploy.lifecycle.Failures;
import dev.sluice.sinks.BatchId;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * The failures of the gateway, {@code DEP-301}, {@code DEP-302}, {@code DEP-306}, {@code DEP-313}, {@code DEP-318},
 * {@code DEP-320} and {@code DEP-142}.
 */
final class GatewayErrors {

    private GatewayErrors() {}

    static DeployException topicsMissing(Collection<String> topics, String bootstrap) {
        return new DeployException(
                "DEP-301",
                "The broker at " + bootstrap + " has no topic " + String.join(", ", topics)
                        + ". Nothing was read. Start the capture that fills the topics, or correct source.tables and"
                        + " name in the pipeline file.");
    }

    static DeployException brokerUnreachable(String bootstrap, Throwable cause) {
        Optional<Throwable> refusal = Failures.chain(cause).stream()
                .filter(link -> link instanceof AuthenticationException || link instanceof AuthorizationException)
                .findFirst();
        if (refusal.isPresent()) {
            return DeployException.away(
                    "DEP-320",
                    "The broker at " + bootstrap + " refused the gateway, or did not prove its identity ("
                            + refusal.get().getClass().getSimpleName()
                            + "). Check transport.security in the pipeline file and the rights of its account.",
                    cause);
        }
        return away("The broker at " + bootstrap + " does not answer.", cause);
    }

    /** The broker was lost in the middle of a batch. */
    static DeployException brokerAway(Throwable cause) {
        return away("The broker did not answer in the middle of a batch.", cause);
    }

    private static DeployException away(String what, Throwable cause) {
        return DeployException.away(
                "DEP-302", what + " Start the broker, or correct transport.bootstrap in the pipeline file.", cause);
    }

    static DeployException sourceUnreachable(String address, Throwable cause) {
        return DeployException.away(
                "DEP-306",
                "The source " + address
                        + " does not answer. Start the server, or correct source.url in the pipeline file.",
                cause);
    }

    static DeployException batchFailed(BatchId batch, Throwable cause) {
        return new DeployException(
                "DEP-313",
                "Spark failed on batch " + batch.text()
                        + ". Nothing of the batch was acknowledged. Start again; the next"
                        + " start replays the batch.",
                cause);
    }

    static DeployException diskFull(Path home, Throwable cause) {
        return DeployException.away(
                "DEP-318",
                "The disk of the home " + home + " is full. Nothing of the batch at hand was acknowledged. Free space;"
                        + " the gateway goes on by itself.",
                cause);
    }

    static DeployException childEnded(ChildFailure ended) {
        return new DeployException(
                "DEP-142",
                "The embedded " + ended.child() + " ended by itself with exit code " + ended.exitCode()
                        + ". Every other part was stopped and nothing is lost. Start again. The log " + ended.log()
                        + " ends with:\n  " + String.join("\n  ", ended.lastLines()));
    }
}
