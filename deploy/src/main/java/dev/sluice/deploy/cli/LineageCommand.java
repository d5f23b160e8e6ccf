package dev.sluice.deploy.cli;

import dev.sluice.audit.lineage.Lineage;
import dev.sluice.audit.lineage.LineageRecord;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.gateway.Ledgers;
import dev.sluice.deploy.gateway.Provenances;
import dev.sluice.deploy.report.Listing;
import dev.sluice.deploy.report.Sheet;
import dev.sluice.sinks.query.VersionView;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice lineage}. */
@Command(
        name = "lineage",
        description = "Say where a value comes from and who decided its treatment.",
        subcommands = {LineageCommand.OfRecord.class})
final class LineageCommand {

    /** {@code sluice lineage record}. */
    @Command(
            name = "record",
            description = "From the newest version of a row back to source position, rule and ledger leaf.")
    static final class OfRecord implements Callable<Integer> {

        @Mixin
        private TableChoice choice;

        @Mixin
        private KeyOption key;

        @Mixin
        private Answer answer;

        @Spec
        private CommandSpec spec;

        @Option(names = "--column", paramLabel = "COLUMN", description = "One column; all without it.")
        private @Nullable String column;

        @Override
        public Integer call() {
            Home home = choice.home();
            String table = choice.table().name();
            List<VersionView> versions = choice.tables().history(table, key.text(), null);
            if (versions.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "no row with that key in " + table + "; an erased row is gone");
            }
            VersionView newest = versions.get(versions.size() - 1);
            Lineage lineage = new Lineage(Ledgers.read(home));
            List<LineageRecord> records = column == null
                    ? lineage.row(Provenances.of(newest))
                    : List.of(lineage.column(Provenances.of(newest), column));
            if (answer.isForPeople()) {
                records.forEach(record -> answer.text(record.text(String.valueOf(
                        Shown.of(newest.values().get(record.rule().field()))))));
            } else if (column == null) {
                answer.print(listing(records));
            } else {
                answer.print(new Sheet(records.get(0).json()));
            }
            return ExitCode.OK;
        }

        private static Listing listing(List<LineageRecord> records) {
            Listing.Builder listing = Listing.of(records.get(0).json().keySet().toArray(String[]::new));
            records.forEach(record -> listing.row(record.json().values().toArray()));
            return listing.build();
        }
    }
}
