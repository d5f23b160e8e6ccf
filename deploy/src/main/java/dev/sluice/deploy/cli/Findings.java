package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.check.Finding;
import dev.sluice.deploy.report.Listing;
import java.util.List;

/** Findings of a check as an answer. */
final class Findings {

    private Findings() {}

    static Listing listing(List<Finding> findings) {
        Listing.Builder listing = Listing.of("level", "code", "what", "fix");
        findings.forEach(f -> listing.row(f.level().name(), f.code(), f.what(), f.fix()));
        return listing.build();
    }

    static int exitCode(List<Finding> findings) {
        return findings.stream().anyMatch(f -> f.level() == Finding.Level.FAIL) ? ExitCode.FAULTS_FOUND : ExitCode.OK;
    }
}
