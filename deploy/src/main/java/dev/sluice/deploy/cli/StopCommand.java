package dev.sluice.deploy.cli;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice stop}. */
@Command(
        name = "stop",
        description = "Stop the gateway of a home: show its processes, ask the gateway to end, and wait for the end.",
        footer = {
            "",
            "Examples:",
            "  sluice stop",
            "  sluice stop --show",
            "  sluice stop --home /var/lib/sluice --limit 120"
        })
final class StopCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Mixin
    private Output output;

    @Option(names = "--show", description = "Only show what would be stopped.")
    private boolean show;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Longest time to wait for the end. Default: ${DEFAULT-VALUE}.")
    private long limit;

    @Override
    public Integer call() {
        Home existing = home.existing();
        Optional<ProcessHandle> holder = HomeLock.process(existing);
        if (holder.isEmpty()) {
            output.print(sheet(existing, "no process holds the home"));
            return ExitCode.OK;
        }
        ProcessHandle process = holder.get();
        Sheet shown = sheet(existing, show ? "would be stopped" : "asked to stop")
                .with("pid", process.pid())
                .with(
                        "started",
                        process.info().startInstant().map(Instant::toString).orElse(null))
                .with("processes", 1 + process.descendants().count());
        output.print(shown);
        if (!show) {
            stop(process);
            output.say("The process has ended; the batch at hand was finished first.");
        }
        return ExitCode.OK;
    }

    private void stop(ProcessHandle process) {
        if (!process.destroy()) {
            throw new DeployException(
                    "DEP-406",
                    "The process " + process.pid()
                            + " could not be asked to stop. Run the command as the user who started the process.");
        }
        try {
            process.onExit().get(limit, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new DeployException(
                    "DEP-490",
                    "The process " + process.pid() + " had not ended after " + limit
                            + " s. The batch at hand may be large. Wait and look at sluice status, or stop again with a"
                            + " longer --limit.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeployException("DEP-491", "The wait for the end of the process was interrupted.", e);
        }
    }

    private static Sheet sheet(Home home, String what) {
        return Sheet.empty().with("home", home.root().toString()).with("gateway", what);
    }
}
