package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.cli.option.PipelineOption;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice capture}. */
@Command(
        name = "capture",
        description = "Look at the source.",
        footer = {"", "Example:", "  sluice capture check -f pipeline.yaml"},
        subcommands = {CaptureCommand.CheckSource.class})
final class CaptureCommand {

    /** {@code sluice capture check}. */
    @Command(
            name = "check",
            description = "Check the source and say what to run where something is missing.",
            footer = {"", "Example:", "  sluice capture check -f pipeline.yaml"})
    static final class CheckSource implements Callable<Integer> {

        @Mixin
        private PipelineOption pipeline;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Pipeline read = PipelineFile.read(pipeline.file());
            Pipeline.Database database = read.source()
                    .capture()
                    .orElseThrow(() -> new DeployException(
                            "DEP-403",
                            "This pipeline captures nothing: source.type is topics, so there is no source to check."
                                    + " Name a pipeline file with source.type postgres."));
            List<Finding> findings = CaptureCheck.run(read.capture(database, pipeline.home()));
            output.print(findings);
            return ExitCode.of(findings);
        }
    }
}
