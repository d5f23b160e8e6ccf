package dev.sluice.deploy.check;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.deploy.pipeline.PipelineReading;
import java.util.List;
import java.util.Optional;

/** Says of a check that has nothing to look at, because settings have faults, that the check was skipped. */
final class SkippedCheck {

    private SkippedCheck() {}

    /**
     * The finding that says so; empty when all settings can be used.
     *
     * @param what what was not done, as the beginning of a sentence
     * @param settings the settings that the check needs
     */
    static Optional<Finding> of(PipelineReading reading, String what, String... settings) {
        List<String> faulty = reading.pipeline().isEmpty() ? List.of("the file") : reading.faulty(settings);
        return faulty.isEmpty() ? Optional.empty() : Optional.of(because(reading, what, faulty));
    }

    /** The finding that says so, where the reader knows that as the fault. */
    static Finding because(PipelineReading reading, String what, List<String> faulty) {
        String names = String.join(", ", faulty);
        return Finding.warn(
                "DEP-214",
                Place.of(reading.file().toString()),
                what + ", because of the fault in " + names + ".",
                "Correct " + names + " and call the command again.");
    }
}
