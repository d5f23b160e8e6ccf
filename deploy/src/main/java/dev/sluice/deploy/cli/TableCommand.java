package dev.sluice.deploy.cli;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.ask.TableLine;
import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.option.KeyOption;
import dev.sluice.deploy.cli.option.TableParameter;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.deploy.cli.output.StoredValue;
import dev.sluice.sinks.query.TableState;
import dev.sluice.sinks.query.VersionView;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice table}. */
@Command(
        name = "table",
        description = "Read governed tables.",
        footer = {"", "Example:", "  sluice table list"},
        subcommands = {
            TableCommand.ListTables.class,
            TableCommand.ShowTable.class,
            TableCommand.CurrentRows.class,
            TableCommand.History.class
        })
final class TableCommand {

    /** {@code sluice table list}. */
    @Command(
            name = "list",
            description = {
                "List the governed tables.",
                "The state of a table is held when its dataset is held, which sluice status explains; else it is the"
                        + " state of the gateway."
            },
            footer = {"", "Examples:", "  sluice table list", "  sluice table list -o yaml"})
    static final class ListTables implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Listing.Builder listing = Listing.of("table", "state", "delta_version", "rows", "current_rows");
            for (TableLine line : home.answers().tables()) {
                TableState table = line.table();
                listing.row(table.name(), line.state(), table.version(), table.rows(), table.currentRows());
            }
            output.print(listing.build());
            return ExitCode.OK;
        }
    }

    /** {@code sluice table show}. */
    @Command(
            name = "show",
            description = "Show where a table is and how large it is.",
            footer = {"", "Example:", "  sluice table show customers"})
    static final class ShowTable implements Callable<Integer> {

        @Mixin
        private TableParameter parameter;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            TableState table = parameter.answers().table(parameter.name());
            output.print(Sheet.empty()
                    .with("table", table.name())
                    .with("location", table.location())
                    .with("delta_version", table.version())
                    .with("rows", table.rows())
                    .with("current_rows", table.currentRows()));
            return ExitCode.OK;
        }
    }

    /** {@code sluice table rows}. */
    @Command(
            name = "rows",
            description = "Show current rows of a table, as treated, in no order.",
            footer = {"", "Examples:", "  sluice table rows customers", "  sluice table rows customers --limit 5 -o csv"
            })
    static final class CurrentRows implements Callable<Integer> {

        @Mixin
        private TableParameter table;

        @Mixin
        private Output output;

        @Option(
                names = "--limit",
                paramLabel = "ROWS",
                defaultValue = "20",
                description = "Most rows that are shown. Default: ${DEFAULT-VALUE}.")
        private int limit;

        @Override
        public Integer call() {
            List<VersionView> rows = table.answers().rows(table.name(), limit);
            output.printCompared(versions(rows, List.of("valid_from")));
            if (rows.size() == limit) {
                output.say("Shown are " + limit + " of "
                        + table.answers().table(table.name()).currentRows() + " current rows; --limit shows more.");
            }
            return ExitCode.OK;
        }
    }

    /** A line for each version, with those of its technical columns before the columns of the table. */
    private static Listing versions(List<VersionView> versions, List<String> technical) {
        Set<String> columns = new LinkedHashSet<>();
        versions.forEach(version -> columns.addAll(version.values().keySet()));
        Listing.Builder listing =
                Listing.of(Stream.concat(technical.stream(), columns.stream()).toArray(String[]::new));
        for (VersionView version : versions) {
            List<@Nullable Object> row = new ArrayList<>();
            technical.forEach(name -> row.add(technical(version, name)));
            columns.forEach(name -> row.add(StoredValue.of(version.values().get(name))));
            listing.row(row.toArray());
        }
        return listing.build();
    }

    private static @Nullable Object technical(VersionView version, String name) {
        return switch (name) {
            case "valid_from" -> StoredValue.of(version.validFrom());
            case "valid_to" -> StoredValue.of(version.validTo());
            default -> version.op();
        };
    }

    /** {@code sluice table history}. */
    @Command(
            name = "history",
            description = "Show every version of one row, as treated.",
            footer = {
                "",
                "Examples:",
                "  sluice table history customers --key 1",
                "  sluice table history order_items --key 1,2 --as-of 2026-11-20"
            })
    static final class History implements Callable<Integer> {

        @Mixin
        private TableParameter table;

        @Mixin
        private KeyOption key;

        @Mixin
        private Output output;

        @Option(names = "--as-of", paramLabel = "TIME", description = "Only the version valid then, ISO 8601 in UTC.")
        private @Nullable String asOf;

        @Override
        public Integer call() {
            Instant at = asOf == null ? null : instant(asOf);
            List<VersionView> versions = table.answers().history(table.name(), key.text(), at);
            if (versions.isEmpty()) {
                output.say("The table has no row with that key" + (at == null ? "" : " at that time")
                        + ". An erased row is gone. A key is written as the table holds it, treated where the policy"
                        + " treats the key: see sluice help keys.");
            }
            output.printCompared(versions(versions, List.of("valid_from", "valid_to", "op")));
            return ExitCode.OK;
        }

        private static Instant instant(String text) {
            try {
                return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
            } catch (DateTimeParseException e) {
                throw new DeployException(
                        "DEP-405",
                        "The value of --as-of must be a date or a time in UTC such as 2026-11-20T08:00:00Z.",
                        e);
            }
        }
    }
}
