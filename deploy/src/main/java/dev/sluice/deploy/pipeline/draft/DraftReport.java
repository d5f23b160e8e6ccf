package dev.sluice.deploy.pipeline.draft;

import dev.sluice.cdc.finding.Finding;
import java.util.List;

/** Lays out a drafted pipeline for people. */
public final class DraftReport {

    private final StringBuilder text = new StringBuilder();

    private DraftReport() {}

    /** The report on that draft, without a final line end. */
    public static String of(PipelineDraft draft) {
        DraftReport report = new DraftReport();
        report.found(draft);
        report.leftOut(draft.leftOut());
        report.source(draft);
        report.section("Written:", draft.files());
        report.section(draft.statements().isEmpty() ? "Next:" : "Next, after the statements above:", draft.next());
        return report.text.toString().stripTrailing();
    }

    private void found(PipelineDraft draft) {
        DraftRequest request = draft.request();
        line("Surveyed " + request.address().url() + " as " + request.login().user()
                + ". No row was read and nothing was changed there.");
        line("  tables   " + draft.catalog().tables().size() + " to capture, "
                + draft.leftOut().stream().map(Finding::place).distinct().count() + " left out");
        line("  columns  " + draft.catalog().fields() + ": " + draft.catalog().classified() + " classified, "
                + draft.hidden() + " hidden until they are classified");
        line("");
    }

    private void leftOut(List<Finding> findings) {
        if (!findings.isEmpty()) {
            line("Left out:");
            for (Finding finding : findings) {
                line("  " + finding.place() + "  " + finding.code() + " " + finding.what());
                if (!finding.fix().isEmpty()) {
                    line("    " + finding.fix());
                }
            }
            line("");
        }
    }

    private void source(PipelineDraft draft) {
        List<String> statements = draft.statements();
        if (statements.isEmpty()) {
            line("The source needs no statement.");
        } else {
            line("Run at the source, as a role that may; copy the whole block:");
            line("");
            statements.forEach(this::line);
        }
        line("");
        draft.byHand()
                .forEach(finding -> line("Also: " + finding.code() + " " + finding.what() + ": " + finding.fix()));
        if (!draft.byHand().isEmpty()) {
            line("");
        }
    }

    private void section(String title, List<String> lines) {
        line(title);
        lines.forEach(entry -> line("  " + entry));
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
