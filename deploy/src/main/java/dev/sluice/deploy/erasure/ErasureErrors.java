package dev.sluice.deploy.erasure;

import dev.sluice.deploy.DeployException;
import java.util.Collection;

/** The reasons to refuse an erasure request, codes {@code DEP-440} to {@code DEP-443}. */
final class ErasureErrors {

    private ErasureErrors() {}

    static DeployException notAReference() {
        return new DeployException(
                "DEP-440",
                "The value of --reason must be a reference of at most 64 letters, digits and . _ / # - such"
                        + " as a ticket number. Nothing was filed. Give the reference of the request, and no text about"
                        + " the person.");
    }

    static DeployException reservedReference(String reason) {
        return new DeployException(
                "DEP-441",
                "The value " + reason + " of --reason stands for cases that the gateway files itself. Nothing was"
                        + " filed. Give the reference of the request.");
    }

    static DeployException unknownKind(Collection<String> known) {
        return new DeployException(
                "DEP-442",
                "The policy does not know that kind of person; it knows " + known
                        + ". Nothing was filed. Write the kind as the catalog does.");
    }

    static DeployException neverSeen(String kind) {
        return new DeployException(
                "DEP-443",
                "No record of that " + kind + " has come to this home, so nothing was filed. Write each part of the key"
                        + " as the source does: 7 and not 007, a UUID in small letters. A gateway that is still reading"
                        + " may not have come to the record yet. To keep out a person of whom no record came, add"
                        + " --never-seen.");
    }
}
