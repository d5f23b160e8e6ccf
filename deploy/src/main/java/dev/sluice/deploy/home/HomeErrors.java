package dev.sluice.deploy.home;

import dev.sluice.deploy.DeployException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the failures of the home folder. */
public final class HomeErrors {

    private HomeErrors() {}

    static DeployException inUse(Path home, String holder) {
        return new DeployException(
                "DEP-110",
                "The home " + home + " is in use by " + holder
                        + ". One home serves one process. Stop that process with sluice stop, or give another folder"
                        + " with --home.");
    }

    /** A folder or file of a home cannot be used. */
    public static DeployException folder(Path path, @Nullable Throwable cause) {
        return new DeployException(
                "DEP-111",
                "The folder or file " + path
                        + " cannot be read or written. Check its owner, its mode and the free space; --home names"
                        + " another folder.",
                cause);
    }

    static DeployException otherFormat(Path home, String found) {
        return new DeployException(
                "DEP-122",
                "The home " + home + " has the format " + found + "; this version of sluice reads and writes "
                        + HomeFormat.CURRENT + ". Nothing was changed. Use the version of sluice that wrote the home,"
                        + " or start with another --home.");
    }

    static DeployException otherOwner(Path home, String owner, String claim) {
        return new DeployException(
                "DEP-123",
                "The home " + home + " belongs to " + owner + ", not to " + claim
                        + ". Positions and history of one must not be continued by the other. Nothing was changed."
                        + " Give another folder with --home.");
    }

    static DeployException notAHome(Path path) {
        return new DeployException(
                "DEP-401",
                "The folder " + path + " is not a home: it has no format file and no keys. Start sluice demo or sluice"
                        + " run first, or name another folder with --home.");
    }

    static DeployException unreadable(Path file, Throwable cause) {
        return new DeployException(
                "DEP-307",
                "The file " + file + " cannot be read. Check that the folder is the home of a gateway that has run, and"
                        + " the owner and mode of the file.",
                cause);
    }
}
