package dev.sluice.deploy.pipeline.draft;

import dev.sluice.deploy.DeployException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures of {@code sluice init}, {@code DEP-60x}. Nothing was written when one of them is thrown, unless it says so.
 */
final class DraftErrors {

    private DraftErrors() {}

    static DeployException badUrl() {
        return new DeployException(
                "DEP-600",
                "The option --url names no database that sluice reads. Write jdbc:postgresql://host:port/database,"
                        + " without user, password and parameters.");
    }

    static DeployException badName(String name) {
        return new DeployException(
                "DEP-601",
                "The name \"" + name + "\" cannot be the name of a pipeline. Choose one with --name: lower-case"
                        + " letters, digits and underscores, a letter first, at most 41 characters.");
    }

    static DeployException exists(Path file) {
        return new DeployException(
                "DEP-602",
                file + " exists already, and sluice init overwrites nothing. Name another folder with --dir, or move"
                        + " what is there out of the way with --force, which keeps it under another name.");
    }

    static DeployException unknownTables(List<String> unknown, String address) {
        return new DeployException(
                "DEP-603",
                "The database " + address + " has no table " + String.join(", ", unknown)
                        + ". Write each as schema.table with upper and lower case as the database has them.");
    }

    static DeployException nothingToCapture(String address, String reasons) {
        return new DeployException(
                "DEP-604",
                "No table of " + address + " can be captured, so there is nothing to write." + reasons
                        + "\nMend one of them, or name another database.");
    }

    static DeployException badPassword(String why, @Nullable Throwable cause) {
        return new DeployException(
                "DEP-605",
                "The password cannot be used: " + why + ". Write the password as the first line of a file with mode"
                        + " 0600 and name the file with --password-file.",
                cause);
    }

    static DeployException cannotWrite(Path folder, Throwable cause) {
        return new DeployException(
                "DEP-606",
                "The files cannot be written to " + folder + " ("
                        + cause.getClass().getSimpleName()
                        + "). Check the folder, its permissions and free space. What was there is unchanged, or kept"
                        + " under a name that ends with .before and a number.",
                cause);
    }
}
