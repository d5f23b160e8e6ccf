package dev.sluice.deploy.cli;

import dev.sluice.deploy.ask.Explanation;
import dev.sluice.deploy.ask.Explanations;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice explain}. */
@Command(
        name = "explain",
        description = "Explain the code of a message or of a dead letter: cause, what to check, next command.",
        footer = {"", "Examples:", "  sluice explain", "  sluice explain DEP-401", "  sluice explain BAD_MAGIC -o json"
        })
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "The code; without it all codes are listed.")
    private @Nullable String code;

    @Override
    public Integer call() {
        Explanations all = Explanations.read();
        if (code == null) {
            Listing.Builder listing = Listing.of("code", "title");
            all.all().forEach(one -> listing.row(one.code(), one.title()));
            output.print(listing.build());
            return ExitCode.OK;
        }
        Explanation one = all.of(code);
        output.print(Sheet.empty()
                .with("code", one.code())
                .with("title", one.title())
                .with("cause", one.cause())
                .with("check", one.check())
                .with("next", one.next()));
        return ExitCode.OK;
    }
}
