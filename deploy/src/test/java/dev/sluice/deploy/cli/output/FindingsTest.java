package dev.sluice.deploy.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How findings are printed. */
class FindingsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "check")
    private static final class Check implements Callable<Integer> {

        private final List<Finding> findings;

        @Mixin
        private Output output;

        private Check(List<Finding> findings) {
            this.findings = findings;
        }

        @Override
        public Integer call() {
            output.print(findings);
            return 0;
        }
    }

    @Test
    void countsManyGoodFindingsAndListsTheOthers() {
        print(60, true, "-o", "table");

        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString()).contains("WARN").contains("Look here.").doesNotContain("Good");
        assertThat(err.toString()).isEqualTo("60 checks found no fault; -o json lists them.\n");
    }

    @Test
    void saysOnlyTheNumberWhenAllAreGood() {
        print(60, false, "-o", "table");

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("60 checks");
    }

    @Test
    void listsAFewAndEveryOneForPrograms() {
        print(20, true, "-o", "table");
        assertThat(out.toString().lines()).hasSize(22);
        assertThat(err.toString()).isEmpty();

        print(60, true, "-o", "jsonl");
        assertThat(out.toString().lines()).hasSize(22 + 61);
    }

    private void print(int good, boolean warning, String... arguments) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < good; i++) {
            findings.add(Finding.ok("DEP-210", Place.of("f" + i), "Good."));
        }
        if (warning) {
            findings.add(Finding.warn("POL-226", Place.of("here"), "Look here.", "Do this."));
        }
        int code = new CommandLine(new Check(findings))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        assertThat(code).isZero();
    }
}
