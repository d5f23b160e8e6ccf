package dev.sluice.deploy.cli;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.check.FileCheck;
import dev.sluice.deploy.check.StartCheck;
import dev.sluice.deploy.cli.option.PipelineOption;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.deploy.pipeline.PipelineReading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice validate}. */
@Command(
        name = "validate",
        description = "Check a pipeline file and its policy; with --against-source every part that a start needs, too.",
        footer = {
            "",
            "Examples:",
            "  sluice validate -f pipeline.yaml",
            "  sluice validate -f pipeline.yaml --against-source"
        })
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private PipelineOption pipeline;

    @Mixin
    private Output output;

    @Option(
            names = "--against-source",
            description = "Ask source, broker, registry, policy engine and home; nothing is started or changed.")
    private boolean againstSource;

    @Override
    public Integer call() {
        PipelineReading reading = PipelineFile.examine(pipeline.file());
        List<Finding> findings = new ArrayList<>(FileCheck.run(reading));
        if (againstSource) {
            findings.addAll(StartCheck.run(reading, pipeline.home()));
        }
        output.print(findings);
        return ExitCode.of(findings);
    }
}
