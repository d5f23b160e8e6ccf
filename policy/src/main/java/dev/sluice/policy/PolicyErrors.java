package dev.sluice.policy;

import dev.sluice.cdc.finding.Counted;
import dev.sluice.cdc.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Makes every failure of this module, with its code. Messages say what, where, why and what to do. */
public final class PolicyErrors {

    private PolicyErrors() {}

    /** POL-001: files of the policy folder have faults. */
    public static PolicyException folderInvalid(String folder, List<Finding> faults) {
        return new PolicyException(
                "POL-001",
                "The policy folder " + folder + " has " + Counted.of(faults.size(), "fault")
                        + ":\n  " + faults.stream().map(Finding::toString).collect(Collectors.joining("\n  "))
                        + "\nNo data flows until the folder is free of faults. Correct the files, then run"
                        + " sluice policy check.");
    }

    /** POL-001 with the cause. */
    public static PolicyException folderInvalid(String folder, List<Finding> faults, Throwable cause) {
        PolicyException e = folderInvalid(folder, faults);
        e.initCause(cause);
        return e;
    }

    /** POL-002: a file of the policy folder cannot be read or written. */
    public static PolicyException unreadable(String file, Throwable cause) {
        return new PolicyException(
                "POL-002",
                "The file " + file + " cannot be read or written ("
                        + cause.getClass().getSimpleName()
                        + "). Check that the file exists and that this user may use it.",
                cause);
    }

    /** POL-003: the consumer is not in the policy folder. */
    public static PolicyException unknownConsumer(String consumer) {
        return new PolicyException(
                "POL-003",
                "The consumer " + consumer + " is not in consumers/data.yaml. Without a purpose no data may leave."
                        + " Add the consumer, or name another one in the pipeline file.");
    }

    /** POL-004: policy denies the dataset. */
    public static PolicyException denied(String dataset, String consumer, List<String> violations) {
        return PolicyException.ofDataset(
                "POL-004",
                dataset,
                "Policy denies the dataset " + dataset + " to the consumer " + consumer + ": "
                        + String.join("; ", violations)
                        + ". The dataset is held. Correct rules, taxonomy or consumers, or leave the table out.");
    }

    /** POL-005: the answer of the engine does not pass the gateway's checks. */
    public static PolicyException refused(String dataset, String consumer, List<String> violations) {
        return PolicyException.ofDataset(
                "POL-005",
                dataset,
                "The gateway refuses the decision for the dataset " + dataset + " and the consumer " + consumer
                        + ":\n  "
                        + String.join("\n  ", violations)
                        + "\nThe dataset is held. Correct the rules or the catalog, then run sluice policy plan.");
    }

    /** POL-006: the engine did not answer. */
    public static PolicyException noAnswer(String engine, String reason) {
        return PolicyException.away(
                "POL-006",
                "The policy engine " + engine + " gave no answer: " + reason
                        + ". The dataset is held and nothing is acknowledged. The next batch asks again; check the"
                        + " engine if this goes on.");
    }

    /** POL-006 with the cause. */
    public static PolicyException noAnswer(String engine, String reason, Throwable cause) {
        PolicyException e = noAnswer(engine, reason);
        e.initCause(cause);
        return e;
    }

    /** POL-007: the Rego library of the folder is not the one that was compiled. */
    public static PolicyException notCompiled(String folder, String reason) {
        return new PolicyException(
                "POL-007",
                "The Rego library of " + folder + " has no matching compiled module: " + reason
                        + ". Run policy/build-wasm " + folder
                        + " with the opa binary on the path, review the result, and restart.");
    }
}
