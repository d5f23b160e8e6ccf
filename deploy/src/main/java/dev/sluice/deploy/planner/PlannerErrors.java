package dev.sluice.deploy.planner;

import dev.sluice.deploy.DeployException;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.SourcePartition;
import org.jspecify.annotations.Nullable;

/** The failures of planning: {@code DEP-308}, {@code DEP-309} {@code DEP-315} to {@code DEP-317} and {@code
 * DEP-319}. */
final class PlannerErrors {

    private PlannerErrors() {}

    static DeployException planUnreadable(String what, @Nullable Throwable cause) {
        return new DeployException(
                "DEP-308",
                "The " + what + " in the control database cannot be read, so the gateway does not know what the batch"
                        + " at hand reads. Nothing was written. Restore control.db from the backup that belongs to the"
                        + " ledger and the lake.",
                cause);
    }

    static DeployException recordsGone(SourcePartition source, long position, long first) {
        return new DeployException(
                        "DEP-309",
                        "Batches have read " + source + " up to offset " + position
                                + ", but the broker holds it only from"
                                + " offset " + first
                                + ". Records in between were deleted before they were governed. The dataset"
                                + " is held. Restore the topic, or read the source anew: stop, 'sluice capture"
                                + " reset', start.")
                .ofDataset(source.topic());
    }

    static DeployException topicShorter(SourcePartition source, long position, long end) {
        return shorter(source, "Batches have read " + source + " up to offset " + position, end);
    }

    static DeployException recordsLost(SourcePartition source, long filled, long end) {
        return shorter(source, "Capture has filled " + source + " up to offset " + filled, end);
    }

    private static DeployException shorter(SourcePartition source, String known, long end) {
        return new DeployException(
                        "DEP-315",
                        known + ", but the topic ends at offset "
                                + end
                                + ". The broker lost records or was restored, and new records would take offsets that"
                                + " count as read. The dataset is held. Restore the broker, or read the source anew:"
                                + " stop, 'sluice capture reset', start.")
                .ofDataset(source.topic());
    }

    static DeployException topicRemade(String topic) {
        return new DeployException(
                        "DEP-316",
                        "The topic " + topic
                                + " was deleted and made again since the gateway read the topic. Records of the"
                                + " deleted topic may be lost. The dataset is held. Read the source anew: stop, 'sluice"
                                + " capture reset', start.")
                .ofDataset(topic);
    }

    static DeployException topicMissing(String topic) {
        return new DeployException(
                        "DEP-319",
                        "The broker has no topic " + topic + " any more. Records of the topic may be lost. The dataset"
                                + " is held. Restore the topic, or read the source anew: stop, 'sluice capture"
                                + " reset', start.")
                .ofDataset(topic);
    }

    static DeployException planAhead(BatchId plan, long next) {
        return new DeployException(
                "DEP-317",
                "The control database plans batch " + plan.text() + ", but the next batch of the ledger has number "
                        + next + ". The ledger is older than the control database. Nothing was written. Restore ledger,"
                        + " control.db and lake from one backup.");
    }
}
