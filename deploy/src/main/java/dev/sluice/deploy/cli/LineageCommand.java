package dev.sluice.deploy.cli;

import dev.sluice.audit.lineage.LineageRecord;
import dev.sluice.deploy.ask.Answers;
import dev.sluice.deploy.cli.option.KeyOption;
import dev.sluice.deploy.cli.option.TableParameter;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.deploy.cli.output.StoredValue;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice lineage}. */
@Command(
        name = "lineage",
        description = "Say where a value comes from and who decided its treatment.",
        footer = {"", "Example:", "  sluice lineage record customers --key 1 --column email"},
        subcommands = {LineageCommand.OfRecord.class})
final class LineageCommand {

    /** {@code sluice lineage record}. */
    @Command(
            name = "record",
            description = "From the newest version of a row back to source position, rule and ledger leaf.",
            footer = {
                "",
                "Examples:",
                "  sluice lineage record customers --key 1 --column email",
                "  sluice lineage record order_items --key 1,2 -o json"
            })
    static final class OfRecord implements Callable<Integer> {

        @Mixin
        private TableParameter table;

        @Mixin
        private KeyOption key;

        @Mixin
        private Output output;

        @Option(names = "--column", paramLabel = "COLUMN", description = "One column; all without it.")
        private @Nullable String column;

        @Override
        public Integer call() {
            Answers.RowLineage found = table.answers().lineage(table.name(), key.text(), column);
            if (output.isForPeople()) {
                found.columns()
                        .forEach(record -> output.explained(
                                String.valueOf(StoredValue.of(found.version()
                                        .values()
                                        .get(record.rule().field()))),
                                record::text));
            } else if (column == null) {
                output.print(listing(found.columns()));
            } else {
                output.print(new Sheet(found.columns().get(0).json()));
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
