package dev.sluice.deploy.cli;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.report.Listing;
import java.util.List;

/** Findings of a check as an answer. */
final class Findings {

    private Findings() {}

    static Listing listing(List<Finding> findings) {
        Listing.Builder listing = Listing.of("level", "code", "place", "what", "fix");
        findings.forEach(f -> listing.row(f.level().name(), f.code(), f.place().toString(), f.what(), f.fix()));
        return listing.build();
    }

    static int exitCode(List<Finding> findings) {
        return Finding.anyFails(findings) ? ExitCode.FAULTS_FOUND : ExitCode.OK;
    }
}
