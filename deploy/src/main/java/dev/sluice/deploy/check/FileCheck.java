package dev.sluice.deploy.check;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineReading;
import dev.sluice.policy.review.PolicyCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what lies on this machine beside the home: the pipeline file and the policy folder that the file names. */
public final class FileCheck {

    private FileCheck() {}

    /** The findings of the file, each with its line, and then those of the policy folder. Never throws for a fault. */
    public static List<Finding> run(PipelineReading reading) {
        List<Finding> findings = new ArrayList<>(reading.faults());
        if (findings.isEmpty()) {
            findings.add(Finding.ok("DEP-210", Place.of(reading.file().toString()), "The pipeline file has no fault."));
        }
        Optional<Finding> skipped = SkippedCheck.of(reading, "The policy folder was not checked", "policy.dir");
        skipped.ifPresent(findings::add);
        if (skipped.isEmpty()) {
            reading.pipeline()
                    .map(Pipeline::policy)
                    .map(policy -> PolicyCheck.run(policy.folder()))
                    .ifPresent(findings::addAll);
        }
        return List.copyOf(findings);
    }
}
