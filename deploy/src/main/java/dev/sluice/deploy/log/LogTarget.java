package dev.sluice.deploy.log;

import java.nio.file.Path;

/**
 * Says where this process logs. One process logs to one place; the place is chosen before the first line is logged.
 */
public enum LogTarget {
    /** A rotated file of JSON lines in the log folder of the home. */
    file,
    /** JSON lines on standard output, for containers. */
    stdout,
    /** JSON lines on standard error, for one command of a person. */
    stderr,
    /** No log: questions write no file. */
    none;

    /** The system property that the logging configuration reads for the target. */
    public static final String TARGET = "sluice.log.to";

    /** The system property that the logging configuration reads for the folder. */
    public static final String FOLDER = "sluice.logs";

    /**
     * Chooses no log for the whole life of this process, unless the caller of the process has chosen a target. Log4j is
     * not even started: its start costs a sixth of a second of processor time.
     */
    public static void chooseNone() {
        none.choose();
        if (none.name().equals(System.getProperty(TARGET))) {
            System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
            // SLF4J would say on standard error which provider it takes.
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
    }

    /** Chooses this target unless the caller of the process has chosen one. */
    public void choose() {
        if (System.getProperty(TARGET) == null) {
            System.setProperty(TARGET, name());
        }
    }

    /** Chooses the file in that folder unless the caller of the process has chosen a target. */
    public static void chooseFile(Path folder) {
        if (System.getProperty(FOLDER) == null) {
            System.setProperty(FOLDER, folder.toString());
        }
        file.choose();
    }
}
