package dev.sluice.deploy.cli;

import dev.sluice.deploy.demo.LiveDemo;
import dev.sluice.deploy.demo.ScriptedDemo;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.embedded.HomeLock;
import dev.sluice.deploy.report.Format;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice demo}. */
@Command(
        name = "demo",
        description = {
            "Everything on one machine over a living sample shop: database, broker, registry, gateway.",
            "With --scripted: play a fixed story, check it, print one JSON object, end."
        })
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Spec
    private CommandSpec spec;

    @Option(names = "--scripted", description = "Play the fixed story and end.")
    private boolean scripted;

    @Override
    public Integer call() {
        Home opened = home.open();
        CompletableFuture<Integer> stop = StopSignal.install();
        try (HomeLock lock = HomeLock.acquire(opened)) {
            return scripted ? play(lock.home(), stop) : live(lock.home(), stop);
        }
    }

    private int play(Home locked, CompletableFuture<Integer> stop) {
        try (ScriptedDemo demo = new ScriptedDemo(locked, this::say)) {
            CompletableFuture<Integer> end = Waiting.forEnd(stop, demo.failure());
            Waiting.until(end, demo::play);
            if (end.isDone()) {
                return end.join();
            }
            spec.commandLine().getOut().print(Format.jsonl.render(demo.summary()));
            return demo.isSound() ? ExitCode.OK : ExitCode.FAULTS_FOUND;
        }
    }

    private int live(Home locked, CompletableFuture<Integer> stop) {
        try (LiveDemo demo = LiveDemo.start(locked, this::say, stop)) {
            return Waiting.forEnd(stop, demo.failure()).join();
        } catch (CancellationException whileStarting) {
            return stop.join();
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
