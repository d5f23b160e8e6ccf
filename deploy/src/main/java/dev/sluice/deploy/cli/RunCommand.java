package dev.sluice.deploy.cli;

import dev.sluice.deploy.ask.BatchText;
import dev.sluice.deploy.ask.RunTotals;
import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.option.LogOption;
import dev.sluice.deploy.gateway.Gateway;
import dev.sluice.deploy.gateway.GatewayRun;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.deploy.planner.Holds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice run}. */
@Command(
        name = "run",
        description = "Run a pipeline until it is stopped, or once over all that is there.",
        footer = {
            "",
            "Examples:",
            "  sluice run -f pipeline.yaml",
            "  sluice run -f pipeline.yaml --once --limit 600",
            "  sluice run -f pipeline.yaml --home /var/lib/sluice --log stdout"
        })
final class RunCommand implements Callable<Integer>, LongRunning {

    @Mixin
    private HomeOption home;

    @Mixin
    private LogOption log;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The pipeline file.")
    private Path file;

    @Option(names = "--once", description = "Stop when every change that is there now is committed.")
    private boolean once;

    @Option(names = "--batches", description = "Print one line for each batch.")
    private boolean batches;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "With --once: longest time to wait. Default: ${DEFAULT-VALUE}.")
    private long limit;

    private final RunTotals totals = new RunTotals(Instant.now());

    @Override
    public void chooseLog() {
        log.choose(home.path());
    }

    @Override
    public Integer call() {
        Pipeline pipeline = PipelineFile.read(file);
        Ending ending = new Ending(this::say);
        StopSignal.end(ending);
        return GatewayRun.on(home.open(), ending, this::say, run -> govern(run, pipeline));
    }

    private int govern(GatewayRun run, Pipeline pipeline) {
        Gateway gateway = run.open(pipeline, audited -> {
            totals.add(audited.receipt());
            if (batches) {
                say(BatchText.of(audited));
            }
        });
        say("The pipeline " + pipeline.name() + " is running on " + run.home().root() + ".");
        int code = once ? drain(gateway) : run.ending().await();
        say("Stopping: the batch at hand is finished first.");
        return code;
    }

    private int drain(Gateway gateway) {
        gateway.drain(Duration.ofSeconds(limit));
        List<Holds.Hold> holds = gateway.holds();
        holds.forEach(hold -> say("Held since " + hold.since() + ": " + hold.dataset() + ". " + hold.reason()));
        say(totals.text(holds.size(), Instant.now()));
        return holds.isEmpty() ? ExitCode.OK : ExitCode.PARTLY_FAILED;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
