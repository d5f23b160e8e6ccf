package dev.sluice.deploy.cli;

import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.option.LogOption;
import dev.sluice.deploy.cli.output.Format;
import dev.sluice.deploy.demo.DemoSummary;
import dev.sluice.deploy.demo.LiveDemo;
import dev.sluice.deploy.demo.ScriptedDemo;
import dev.sluice.deploy.gateway.GatewayRun;
import dev.sluice.deploy.lifecycle.Ending;
import java.util.concurrent.Callable;
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
        },
        footer = {"", "Examples:", "  sluice demo", "  sluice demo --scripted --home /tmp/demo"})
final class DemoCommand implements Callable<Integer>, LongRunning {

    @Mixin
    private HomeOption home;

    @Mixin
    private LogOption log;

    @Spec
    private CommandSpec spec;

    @Option(names = "--scripted", description = "Play the fixed story and end.")
    private boolean scripted;

    @Override
    public void chooseLog() {
        log.choose(home.path());
    }

    @Override
    public Integer call() {
        Ending ending = new Ending(this::say);
        StopSignal.end(ending);
        return GatewayRun.on(home.open(), ending, this::say, scripted ? this::play : this::live);
    }

    private int play(GatewayRun run) {
        DemoSummary summary = new ScriptedDemo(run).play();
        spec.commandLine()
                .getOut()
                .print(Format.jsonl.render(
                        new DemoAnswer(summary).sheet(run.steps().seconds())));
        return summary.isSound() ? ExitCode.OK : ExitCode.FAULTS_FOUND;
    }

    private int live(GatewayRun run) {
        new LiveDemo(run, this::say).start();
        int code = run.ending().await();
        say("Stopping: the batch at hand is finished first.");
        return code;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
