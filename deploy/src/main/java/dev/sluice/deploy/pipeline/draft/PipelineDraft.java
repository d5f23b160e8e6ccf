package dev.sluice.deploy.pipeline.draft;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.policy.propose.CatalogProposer.ProposedCatalog;
import java.util.List;

/**
 * Holds a drafted pipeline, as it was written.
 *
 * @param request what the draft is made of
 * @param catalog what is proposed for each captured table
 * @param leftOut why other tables are not captured
 * @param source what the capture still needs from the source
 * @param files every path that was written or renamed
 */
public record PipelineDraft(
        DraftRequest request,
        ProposedCatalog catalog,
        List<Finding> leftOut,
        List<Finding> source,
        List<String> files) {

    public PipelineDraft {
        leftOut = List.copyOf(leftOut);
        source = List.copyOf(source);
        files = List.copyOf(files);
    }

    /** How many columns have no tag and hence leave hidden. */
    public int hidden() {
        return catalog.fields() - catalog.classified();
    }

    /** SQL to run at the source, with comments, one statement a line; empty when the source is ready. */
    public List<String> statements() {
        return SourceStatements.of(source);
    }

    /** What is missing at the source and is not mended by SQL. */
    public List<Finding> byHand() {
        return source.stream()
                .filter(finding -> !finding.fix().isEmpty() && !SourceStatements.isSql(finding))
                .toList();
    }

    /** The commands that come next. */
    public List<String> next() {
        String file = request.folder().pipeline().toString();
        String typed = file.matches("[A-Za-z0-9_./-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
        return List.of("sluice validate -f " + typed + " --against-source", "sluice run -f " + typed);
    }
}
