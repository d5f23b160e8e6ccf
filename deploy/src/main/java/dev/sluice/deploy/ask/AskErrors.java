package dev.sluice.deploy.ask;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.NearestWord;
import java.util.Collection;
import java.util.Locale;

/** The reasons why a question has no answer, codes {@code DEP-450} to {@code DEP-457} without
 * {@code DEP-453}. */
final class AskErrors {

    private AskErrors() {}

    static DeployException noTable(String name, String guess, Collection<String> names) {
        return new DeployException(
                "DEP-450",
                "There is no table " + name + "." + (guess.isEmpty() ? "" : " Did you mean " + guess + "?")
                        + " There is " + names + ".");
    }

    static DeployException severalTables(String name, Collection<String> names) {
        return new DeployException(
                "DEP-451",
                "The name " + name + " stands for more than one table. There is " + names
                        + ". Give the path below the lake.");
    }

    static DeployException noRow(String table) {
        return new DeployException(
                "DEP-452",
                "The table " + table + " has no row with that key. An erased row is gone."
                        + " A key is written as the table holds it, treated where the policy treats the key: see sluice"
                        + " help keys.");
    }

    static DeployException noCase(String id) {
        return new DeployException(
                "DEP-454", "There is no erasure case " + id + ". List the cases with: sluice erasure status");
    }

    /** A plan needs the types of the columns, which only a recorded schema holds. */
    static DeployException noRecordedSchema(
            String dataset, String consumer, boolean described, Collection<String> recorded) {
        String why = described
                ? "The policy folder describes " + dataset + ", but has no recorded schema of it for " + consumer
                        + ": sluice init writes none. Start the gateway with sluice run -f pipeline.yaml, which plans"
                        + " with the schema of the source; then sluice lineage record says for a row which rule decided"
                        + " each column. To see the plan before, record the schema in golden/" + dataset + "__"
                        + consumer + ".json."
                : "The policy folder does not describe " + dataset + ", or has no recorded schema of it for " + consumer
                        + ".";
        return new DeployException("DEP-455", why + " There is " + recorded + ".");
    }

    static DeployException noColumn(String table, String column, Collection<String> columns) {
        return new DeployException(
                "DEP-456", "The source of table " + table + " has no column " + column + ". There is " + columns + ".");
    }

    static DeployException noCode(String code, Collection<String> known) {
        String near = NearestWord.to(code.toUpperCase(Locale.ROOT), known)
                .map(word -> " Did you mean " + word + "?")
                .orElse("");
        return new DeployException(
                "DEP-457", "There is no code " + code + "." + near + " List every code with: sluice explain");
    }
}
