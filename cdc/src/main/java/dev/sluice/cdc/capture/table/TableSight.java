package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.GeneratedColumns;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableFacts;
import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the tables of a source with everything that their judgement needs.
 *
 * @param catalog answers with the state at the time of each question
 * @param published the publication; empty when what is published does not matter
 * @param log the generated columns that the publication has
 * @param selection names the tables and their keys
 */
public record TableSight(
        SourceCatalog catalog, Optional<PublicationFacts> published, GeneratedColumns log, TableSelection selection) {

    /** A look at the tables of that selection, of which changes come by a publication of that name. */
    public static TableSight of(
            SourceCatalog catalog, Optional<PublicationFacts> published, String publication, TableSelection selection)
            throws SQLException {
        return new TableSight(catalog, published, catalog.generatedColumns(publication), selection);
    }

    /** The same without the publication. */
    public TableSight unpublished() {
        return new TableSight(catalog, Optional.empty(), log, selection);
    }

    /** The table, if it exists. */
    public Optional<TableFacts> facts(TableName table) throws SQLException {
        return catalog.table(table);
    }

    /** Why that table must not be captured as it is. */
    public List<TableObstacle> obstacles(TableName table, TableFacts facts) {
        return TableObstacle.of(facts, log, selection.key(table));
    }

    /** The failure for that obstacle of a table. */
    public CaptureException refused(TableObstacle obstacle, TableName table, TableFacts facts) {
        return TableErrors.refused(obstacle, table, facts, log, selection.key(table));
    }

    /** Whether changes that are made to the table now are not in the log, or not whole. */
    public boolean leavesGap(TableName table) throws SQLException {
        return facts(table)
                .map(facts -> obstacles(table, facts).stream().anyMatch(TableObstacle::leavesGap))
                .orElse(true);
    }

    /** The object id of the membership of that table in the publication; 0 when there is none. */
    public long membership(TableName table) {
        return published
                .map(facts -> facts.members().get(table))
                .map(PublicationFacts.Member::id)
                .orElse(0L);
    }
}
