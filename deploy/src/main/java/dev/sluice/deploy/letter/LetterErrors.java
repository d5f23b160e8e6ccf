package dev.sluice.deploy.letter;

import dev.sluice.deploy.DeployException;
import org.jspecify.annotations.Nullable;

/** The reasons to refuse an act on letters: {@code DEP-322}, {@code DEP-453}, {@code DEP-460} to {@code DEP-462}. */
final class LetterErrors {

    private static final String UNKNOWN = "DEP-453";

    private LetterErrors() {}

    static DeployException unknown(String id) {
        return new DeployException(
                UNKNOWN, "There is no dead letter " + id + ". List the dead letters with: sluice dlq list");
    }

    static DeployException several(String place, int letters) {
        return new DeployException(
                UNKNOWN,
                "There are " + letters + " dead letters at " + place + ", because the topic was deleted and made again"
                        + " between them. Nothing was changed. Name one by its whole id, with the id of the topic"
                        + " behind @; sluice dlq list shows the ids.");
    }

    static DeployException notChosen() {
        return new DeployException(
                "DEP-460",
                "The call names no dead letter. Nothing was changed. Name letters by their ids, or choose letters with"
                        + " --dataset and --code; sluice dlq list shows all.");
    }

    static DeployException notAReason() {
        return new DeployException(
                "DEP-461",
                "The value of --reason must be one line of 1 to 200 printable characters. Nothing was changed. Give the"
                        + " reason in words or the number of a ticket, and no text about a person: the ledger keeps"
                        + " the reason for ever.");
    }

    static DeployException batchUnfinished() {
        return new DeployException(
                "DEP-462",
                "A batch of the gateway was begun and is not recorded, and it must be finished before dead letters are"
                        + " replayed. Nothing was replayed; a request waits in the control database. Start the"
                        + " gateway: it finishes the batch, and then works the request.");
    }

    static DeployException requestUnreadable(@Nullable Throwable cause) {
        return new DeployException(
                "DEP-322",
                "A request about dead letters in the control database cannot be read, because another version of the"
                        + " program wrote it. Nothing was changed. Use the newer version.",
                cause);
    }
}
