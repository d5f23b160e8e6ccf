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

    static DeployException noRecordedSchema(String dataset, String consumer, Collection<String> recorded) {
        return new DeployException(
                "DEP-455",
                "The policy folder has no recorded schema of " + dataset + " for " + consumer + ". There is " + recorded
                        + ".");
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
