package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.deploy.gateway.Captures;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.policy.review.PolicyCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice validate}. */
@Command(name = "validate", description = "Check a pipeline file and its policy; with --against-source the source too.")
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private PipelineOption pipeline;

    @Mixin
    private Answer answer;

    @Option(names = "--against-source", description = "Connect to the source and check it.")
    private boolean againstSource;

    @Override
    public Integer call() {
        Pipeline read = PipelineFile.read(pipeline.file());
        List<Finding> findings = new ArrayList<>();
        Place file = Place.of(pipeline.file().toString());
        findings.add(Finding.ok("DEP-210", file, "The pipeline file has no fault."));
        findings.addAll(PolicyCheck.run(read.policy().folder()));
        if (againstSource) {
            read.source()
                    .capture()
                    .ifPresent(database ->
                            findings.addAll(CaptureCheck.run(Captures.config(read, database, pipeline.home()))));
        }
        answer.print(Findings.listing(findings));
        return Findings.exitCode(findings);
    }
}
