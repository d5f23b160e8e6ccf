package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.capture.server.SlotSpace;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.ask.CaptureStatus;
import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.option.PipelineOption;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.deploy.reset.CaptureReset;
import dev.sluice.deploy.reset.SnapshotOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice capture}. */
@Command(
        name = "capture",
        description = "Look at the source and its capture, read a table anew, or begin the capture anew.",
        footer = {"", "Examples:", "  sluice capture check -f pipeline.yaml", "  sluice capture status"},
        subcommands = {
            CaptureCommand.CheckSource.class,
            CaptureCommand.ShowTables.class,
            CaptureCommand.BeginAnew.class,
            CaptureCommand.ReadAnew.class
        })
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
            List<Finding> findings =
                    read.source().named().placed(CaptureCheck.run(read.capture(database(read), pipeline.home())));
            output.print(findings);
            return ExitCode.of(findings);
        }
    }

    /** {@code sluice capture status}. */
    @Command(
            name = "status",
            description = {
                "Say of each table of the source whether its changes are captured, and why not.",
                "Reads the home only: slot_retained_bytes is the newest reading, made at slot_read_at while a gateway"
                        + " ran. sluice capture check asks the database."
            },
            footer = {"", "Examples:", "  sluice capture status", "  sluice capture status -o json"})
    static final class ShowTables implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            CaptureStatus status = home.answers().capture();
            if (status.slot() == null) {
                output.say("No capture has run on this home.");
            }
            Listing.Builder listing = Listing.of(
                    "table",
                    "state",
                    "code",
                    "since",
                    "next",
                    "object_id",
                    "topic",
                    "captured_to",
                    "stale_from",
                    "snapshot",
                    "snapshot_reason",
                    "slot",
                    "slot_retained_bytes",
                    "slot_read_at");
            status.tables().forEach(table -> add(listing, table, status));
            output.print(listing.build());
            return ExitCode.OK;
        }

        private static void add(Listing.Builder listing, CaptureStatus.CapturedTable table, CaptureStatus status) {
            Optional<CaptureStatus.Held> held = Optional.ofNullable(table.held());
            Optional<CaptureStatus.NewSnapshot> snapshot = Optional.ofNullable(table.snapshot());
            Optional<SlotSpace> space = Optional.ofNullable(status.space());
            listing.row(
                    table.table(),
                    table.state().label(),
                    held.map(CaptureStatus.Held::code).orElse(null),
                    held.map(CaptureStatus.Held::since).map(Instant::toString).orElse(null),
                    held.map(CaptureStatus.Held::next).orElse(null),
                    table.id(),
                    table.topic(),
                    table.capturedTo(),
                    table.staleFrom(),
                    snapshot.map(CaptureStatus.NewSnapshot::state)
                            .map(CaptureStatus.SnapshotPhase::label)
                            .orElse(null),
                    snapshot.map(CaptureStatus.NewSnapshot::reason).orElse(null),
                    status.slot(),
                    space.map(SlotSpace::retained).orElse(null),
                    space.map(SlotSpace::at).map(Instant::toString).orElse(null));
        }
    }

    /** {@code sluice capture reset}. */
    @Command(
            name = "reset",
            description = {
                "Begin the capture anew and keep the history: the next start reads the tables again.",
                "Rows that are gone by then are closed, rows that changed get a new version.",
                "Without --yes: only show what would be deleted. Lake, ledger and dead letters stay."
            },
            footer = {
                "",
                "Examples:",
                "  sluice capture reset -f pipeline.yaml",
                "  sluice capture reset -f pipeline.yaml --yes"
            })
    static final class BeginAnew implements Callable<Integer> {

        @Mixin
        private PipelineOption pipeline;

        @Mixin
        private Output output;

        @Option(names = "--yes", description = "Do it.")
        private boolean yes;

        @Override
        public Integer call() {
            Pipeline read = PipelineFile.read(pipeline.file());
            CaptureReset reset = new CaptureReset(pipeline.existingHome(), read, database(read));
            output.print(ResetCommand.listing(reset.preview()));
            if (yes) {
                reset.apply().forEach(output::say);
            } else {
                output.say("Nothing was changed. Add --yes to do it.");
            }
            return ExitCode.OK;
        }
    }

    /** {@code sluice capture snapshot}. */
    @Command(
            name = "snapshot",
            description = {
                "Read single tables anew and keep their history, while all other tables go on.",
                "Rows that are gone by then are closed, rows that changed get a new version.",
                "A table that is held because changes of it are missing flows again afterwards."
            },
            footer = {"", "Example:", "  sluice capture snapshot public.orders -f pipeline.yaml"})
    static final class ReadAnew implements Callable<Integer> {

        @Parameters(arity = "1..*", paramLabel = "TABLE", description = "Tables, written as in source.tables.")
        private List<String> tables;

        @Mixin
        private PipelineOption pipeline;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Pipeline read = PipelineFile.read(pipeline.file());
            new SnapshotOrder(pipeline.existingHome(), read, database(read))
                    .give(tables)
                    .forEach(output::say);
            return ExitCode.OK;
        }
    }

    private static Pipeline.Database database(Pipeline read) {
        return read.source()
                .capture()
                .orElseThrow(() -> new DeployException(
                        "DEP-403",
                        "This pipeline captures nothing: source.type is topics, so there is no source to look at."
                                + " Name a pipeline file with source.type postgres."));
    }
}
