package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.gateway.Captures;
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
        subcommands = {CaptureCommand.Check.class})
final class CaptureCommand {

    /** {@code sluice capture check}. */
    @Command(name = "check", description = "Check the source and say what to run where something is missing.")
    static final class Check implements Callable<Integer> {

        @Mixin
        private PipelineOption pipeline;

        @Mixin
        private Answer answer;

        @Override
        public Integer call() {
            Pipeline read = PipelineFile.read(pipeline.file());
            Pipeline.Database database = read.source()
                    .capture()
                    .orElseThrow(() -> new DeployException(
                            "DEP-402",
                            "this pipeline captures nothing: source.type is topics; there is no source to check"));
            List<Finding> findings = CaptureCheck.run(Captures.config(read, database, pipeline.home()));
            answer.print(Findings.listing(findings));
            return Findings.exitCode(findings);
        }
    }
}
