package dev.sluice.deploy.gateway;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.process.ChildFailure;
import dev.sluice.sinks.BatchId;
import java.nio.file.Path;
import java.util.Collection;

/** The failures of the gateway, codes {@code DEP-301} to {@code DEP-314}. */
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
        return new DeployException(
                "DEP-302",
                "The broker at " + bootstrap
                        + " does not answer. Start the broker, or correct transport.bootstrap in the pipeline file.",
                cause);
    }

    static DeployException planUnknown(String planId) {
        return new DeployException(
                "DEP-305",
                "Rows carry the plan " + planId + ", which the ledger does not explain. The batch was not recorded."
                        + " Start again; the next start replays the batch.");
    }

    static DeployException sourceUnreachable(String address, Throwable cause) {
        return new DeployException(
                "DEP-306",
                "The source " + address
                        + " does not answer. Start the server, or correct source.url in the pipeline file.",
                cause);
    }

    static DeployException offsetsUnreadable(Path file, Throwable cause) {
        return new DeployException(
                "DEP-308",
                "The file " + file + " cannot be read, so the offsets of the batch are not known. The batch was not"
                        + " recorded. Check the disk and the permissions, then start again.",
                cause);
    }

    static DeployException otherRanges(BatchId batch, Path folder) {
        return new DeployException(
                "DEP-309",
                "The ledger records batch " + batch.text() + " over other offsets than Spark's checkpoint " + folder
                        + " plans for that batch. The checkpoint was replaced, deleted or damaged. Nothing was written."
                        + " Restore the checkpoint that belongs to this ledger.");
    }

    static DeployException queryEnded(Throwable cause) {
        return new DeployException(
                "DEP-313",
                "Spark's query over the raw topics ended although the gateway was not asked to stop. Nothing of the"
                        + " batch at hand was acknowledged. Start again; the next start replays the batch.",
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
