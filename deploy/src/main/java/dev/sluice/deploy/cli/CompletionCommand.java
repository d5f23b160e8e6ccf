package dev.sluice.deploy.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice completion}. */
@Command(
        name = "completion",
        description = {
            "Print a script that completes the words of sluice in bash, and in zsh with bashcompinit.",
            "Load the script into a shell with: source <(sluice completion)"
        },
        footer = {"", "Example:", "  sluice completion"})
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("sluice", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
