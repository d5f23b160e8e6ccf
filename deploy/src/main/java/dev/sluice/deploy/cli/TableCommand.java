package dev.sluice.deploy.cli;

import dev.sluice.deploy.report.Listing;
import dev.sluice.deploy.report.Sheet;
import dev.sluice.sinks.query.GovernedTables;
import dev.sluice.sinks.query.TableState;
import dev.sluice.sinks.query.VersionView;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice table}. */
@Command(
        name = "table",
        description = "Read governed tables.",
        subcommands = {TableCommand.All.class, TableCommand.Show.class, TableCommand.History.class})
final class TableCommand {

    /** {@code sluice table list}. */
    @Command(name = "list", description = "List the governed tables.")
    static final class All implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Answer answer;

        @Override
        public Integer call() {
            Listing.Builder listing = Listing.of("table", "delta_version", "rows", "current_rows");
            String lake = home.existing().lake().toString();
            for (TableState table : new GovernedTables(lake, new Configuration()).tables()) {
                listing.row(table.name(), table.version(), table.rows(), table.currentRows());
            }
            answer.print(listing.build());
            return ExitCode.OK;
        }
    }

    /** {@code sluice table show}. */
    @Command(name = "show", description = "Show where a table is and how large it is.")
    static final class Show implements Callable<Integer> {

        @Mixin
        private TableChoice choice;

        @Mixin
        private Answer answer;

        @Override
        public Integer call() {
            TableState table = choice.table();
            answer.print(Sheet.empty()
                    .with("table", table.name())
                    .with("location", table.location())
                    .with("delta_version", table.version())
                    .with("rows", table.rows())
                    .with("current_rows", table.currentRows()));
            return ExitCode.OK;
        }
    }

    /** {@code sluice table history}. */
    @Command(name = "history", description = "Show every version of one row, as treated.")
    static final class History implements Callable<Integer> {

        @Mixin
        private TableChoice choice;

        @Mixin
        private KeyOption key;

        @Mixin
        private Answer answer;

        @Spec
        private CommandSpec spec;

        @Option(names = "--as-of", paramLabel = "TIME", description = "Only the version valid then, ISO 8601 in UTC.")
        private @Nullable String asOf;

        @Override
        public Integer call() {
            Instant at = asOf == null ? null : instant(asOf);
            List<VersionView> versions = choice.tables().history(choice.table().name(), key.text(), at);
            if (versions.isEmpty()) {
                answer.say("no row with that key" + (at == null ? "" : " at that time") + "; an erased row is gone");
            }
            List<String> columns = new ArrayList<>(List.of("valid_from", "valid_to", "op"));
            versions.stream().limit(1).forEach(v -> columns.addAll(v.values().keySet()));
            Listing.Builder listing = Listing.of(columns.toArray(String[]::new));
            for (VersionView version : versions) {
                List<@Nullable Object> row = new ArrayList<>();
                row.add(Shown.of(version.validFrom()));
                row.add(Shown.of(version.validTo()));
                row.add(version.op());
                version.values().values().forEach(v -> row.add(Shown.of(v)));
                listing.row(row.toArray());
            }
            answer.print(listing.build());
            return ExitCode.OK;
        }

        private Instant instant(String text) {
            try {
                return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
            } catch (DateTimeParseException e) {
                throw new ParameterException(
                        spec.commandLine(), "--as-of must be a date or a time such as 2026-11-20T08:00:00Z", e);
            }
        }
    }
}
