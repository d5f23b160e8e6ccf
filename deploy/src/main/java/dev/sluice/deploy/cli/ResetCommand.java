package dev.sluice.deploy.cli;

import dev.sluice.deploy.cli.option.PipelineOption;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.deploy.pipeline.PipelineReading;
import dev.sluice.deploy.reset.Affected;
import dev.sluice.deploy.reset.HomeReset;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice reset}. */
@Command(
        name = "reset",
        description = {
            "Delete the state of a home, so that the next start begins anew.",
            "Without --yes: only show what would be deleted.",
            "Pipeline file and policy folder stay; the ledger is moved beside the home."
        },
        footer = {
            "",
            "Examples:",
            "  sluice reset",
            "  sluice reset --yes",
            "  sluice reset --home /var/lib/sluice -f pipeline.yaml --yes"
        })
final class ResetCommand implements Callable<Integer> {

    private static final String[] SOURCE = {
        "name", "source.type", "source.url", "source.user", "source.password", "source.tls", "source.slot"
    };

    @Mixin
    private PipelineOption pipeline;

    @Mixin
    private Output output;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Option(names = "--delete-ledger", description = "Delete the ledger, too, instead of moving it beside the home.")
    private boolean deleteLedger;

    @Override
    public Integer call() {
        Home home = pipeline.existingHome();
        HomeReset reset = new HomeReset(home, database(), !deleteLedger);
        output.print(listing(reset.preview()));
        if (yes) {
            reset.apply().forEach(output::say);
        } else {
            output.say("Nothing was changed. Add --yes to do it.");
        }
        return ExitCode.OK;
    }

    /** What a reset would touch, a row for each thing. */
    static Listing listing(List<Affected> preview) {
        Listing.Builder listing = Listing.of("act", "place", "bytes");
        preview.forEach(a -> listing.row(a.act(), a.place(), a.bytes()));
        return listing.build();
    }

    /** The source of the pipeline; a file with faults does not keep a user from a reset. */
    private Optional<Pipeline.Database> database() {
        Optional<PipelineReading> reading =
                pipeline.find().filter(Files::isReadable).map(PipelineFile::examine);
        List<String> faulty = reading.map(found -> found.faulty(SOURCE)).orElse(List.of());
        if (!faulty.isEmpty()) {
            output.say("The source of the pipeline file cannot be asked, because of the fault in "
                    + String.join(", ", faulty) + ".");
            return Optional.empty();
        }
        return reading.flatMap(PipelineReading::pipeline)
                .flatMap(found -> found.source().capture());
    }
}
