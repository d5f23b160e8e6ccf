package dev.sluice.deploy.cli;

import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.embedded.HomeLock;
import dev.sluice.deploy.gateway.Gateway;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice run}. */
@Command(name = "run", description = "Run a pipeline until it is stopped, or once over all that is there.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Mixin
    private Answer answer;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The pipeline file.")
    private Path file;

    @Option(names = "--once", description = "Stop when every change that is there now is committed.")
    private boolean once;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "With --once: longest time to wait. Default: ${DEFAULT-VALUE}.")
    private long limit;

    @Override
    public Integer call() {
        Pipeline pipeline = PipelineFile.read(file);
        Home opened = home.open();
        CompletableFuture<Integer> stop = StopSignal.install();
        try (HomeLock lock = HomeLock.acquire(opened);
                Gateway gateway = Gateway.open(opened, pipeline, stop)) {
            gateway.start();
            answer.say("pipeline " + pipeline.name() + " is running on "
                    + lock.home().root());
            CompletableFuture<Integer> end = Waiting.forEnd(stop, gateway.failure());
            if (once) {
                Waiting.until(end, () -> gateway.drain(Duration.ofSeconds(limit)));
            }
            int code = once && !end.isDone() ? ExitCode.OK : end.join();
            answer.say("stopping: the batch at hand is finished first");
            return code;
        } catch (CancellationException beforeTheFirstBatch) {
            return stop.join();
        }
    }
}
