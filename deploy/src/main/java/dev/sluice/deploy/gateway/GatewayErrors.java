package dev.sluice.deploy.gateway;

import dev.sluice.deploy.DeployException;
import dev.sluice.sinks.BatchId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** Failures of the gateway, {@code DEP-3xx}. */
final class GatewayErrors {

    private GatewayErrors() {}

    static DeployException topicsMissing(Collection<String> topics, String bootstrap) {
        return new DeployException(
                "DEP-301",
                "the broker at " + bootstrap + " has no topic " + String.join(", ", topics)
                        + "; nothing was read. Start the capture that fills them, or correct source.tables and name");
    }

    static DeployException brokerUnreachable(String bootstrap, Throwable cause) {
        return new DeployException(
                "DEP-302", "the broker at " + bootstrap + " does not answer; check transport.bootstrap", cause);
    }

    static DeployException notDrained(Duration limit, String where) {
        return new DeployException(
                "DEP-303",
                "changes were still on their way after " + limit.toSeconds() + " s: " + where
                        + ". Nothing is lost; see sluice status and the log");
    }

    static DeployException stopped(Throwable cause) {
        return new DeployException(
                "DEP-304",
                "a batch failed in a part that is not ours; nothing of it was acknowledged. See the log, "
                        + "then start again",
                cause);
    }

    static DeployException planUnknown(String planId) {
        return new DeployException(
                "DEP-305",
                "rows carry plan " + planId + " that this gateway never activated; the batch is not recorded");
    }

    static DeployException sourceUnreachable(String address, Throwable cause) {
        return new DeployException(
                "DEP-306", "the source " + address + " does not answer; check source.url and that it runs", cause);
    }

    static DeployException checkpointUnreadable(Path file, Throwable cause) {
        return new DeployException(
                "DEP-308",
                file + " cannot be read, so it is not known which offsets the batch covers; it is not recorded. "
                        + "Check the disk and the permissions, then start again",
                cause);
    }

    static DeployException otherRanges(BatchId batch, Path checkpoint) {
        return new DeployException(
                "DEP-309",
                "batch " + batch.text() + " is in the ledger over other offsets than " + checkpoint
                        + " plans for it; the checkpoint was replaced, deleted or damaged. Nothing was written."
                        + " Restore the checkpoint that belongs to this ledger");
    }
}
