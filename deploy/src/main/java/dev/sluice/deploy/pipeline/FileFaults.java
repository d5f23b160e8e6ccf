package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects the faults of one pipeline file, each with the setting that it is about. */
final class FileFaults {

    private final String file;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> settings = new TreeSet<>();

    FileFaults(String file) {
        this.file = file;
    }

    /**
     * Adds a fault.
     *
     * @param line line of the file, 0 for the whole file
     * @param setting path of the setting, for example {@code source.url}; empty for the whole file
     * @param text what is wrong with the setting
     */
    void add(int line, String setting, String text) {
        settings.add(setting);
        findings.add(Finding.fail("DEP-211", place(line), setting.isEmpty() ? text : setting + ": " + text, ""));
    }

    /** That line of the file. */
    Finding.Place place(int line) {
        return new Finding.Place(file, line);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The settings that have a fault. */
    Set<String> settings() {
        return Set.copyOf(settings);
    }
}
