package dev.sluice.deploy.pipeline.draft;

import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.policy.propose.ProposedField;
import dev.sluice.policy.propose.ProposedTable;
import dev.sluice.policy.propose.StarterFolder;
import dev.sluice.policy.propose.YamlScalar;
import dev.sluice.sinks.layout.TableColumns;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Writes the text of a drafted pipeline file. */
final class PipelineText {

    private static final String PREFIX = "sluice_";

    private PipelineText() {}

    static String of(DraftRequest request, List<ProposedTable> tables) {
        StringBuilder text = new StringBuilder();
        line(text, "# Written by sluice init. Next: run what sluice init said at the source, then");
        line(text, "#   sluice validate -f pipeline.yaml --against-source");
        line(text, "#   sluice run -f pipeline.yaml");
        line(text, "apiVersion: " + PipelineFile.API_VERSION);
        line(text, "name: " + request.name());
        line(text, "source:");
        line(text, "  type: postgres");
        line(text, "  url: " + YamlScalar.quoted(request.address().url()));
        line(text, "  user: " + YamlScalar.of(request.login().user()));
        line(text, "  # The first line of a file that only you can read. The password never stands in this file.");
        line(
                text,
                "  password: " + YamlScalar.quoted("${file:" + request.folder().passwordReference() + "}"));
        tls(text, request);
        line(text, "  tables:");
        tables.forEach(table -> line(text, "    - " + YamlScalar.of(table.name().toString())));
        line(text, "# Broker and schema registry are parts of the home. To use your own, write transport: here.");
        line(text, "policy:");
        line(text, "  dir: policy");
        line(text, "  consumer: " + StarterFolder.CONSUMER);
        run(text, tables);
        return text.toString();
    }

    private static void tls(StringBuilder text, DraftRequest request) {
        DatabaseTls tls = request.login().tls();
        if (!tls.equals(DatabaseTls.standard(request.address().host()))) {
            line(text, "  tls:");
            line(text, "    mode: " + tls.mode().word());
            if (tls.rootCertificate() != null) {
                String file = tls.rootCertificate().toAbsolutePath().toString();
                line(text, "    root-certificate: " + YamlScalar.quoted(file));
            }
        }
    }

    private static void run(StringBuilder text, List<ProposedTable> tables) {
        boolean taken = takesTechnicalName(tables);
        line(text, taken ? "run:" : "# run:");
        line(text, "#   trigger: 1s         # shortest time between two batches");
        line(text, "#   max-records: 20000  # most records in one batch");
        line(text, "#   dead-letter-share: 50%  # hold a dataset when more of a batch would be dead letters");
        if (taken) {
            line(text, "  # A source column has the name of a technical column of the history tables.");
            line(text, "  prefix: " + PREFIX);
        }
    }

    private static boolean takesTechnicalName(List<ProposedTable> tables) {
        TableColumns.Names names = new TableColumns.Names("");
        Set<String> technical = new TreeSet<>(List.of(
                names.validFrom(),
                names.validTo(),
                names.isCurrent(),
                names.op(),
                names.seq(),
                names.key(),
                names.subject(),
                names.provenance()));
        return tables.stream()
                .flatMap(table -> table.fields().stream())
                .map(ProposedField::name)
                .anyMatch(name -> technical.contains(name.toLowerCase(Locale.ROOT)));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
