package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.GeneratedColumns;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a publication that leaves out changes of all its tables, and one that was made again since a position. Says
 * what is published of one table; what follows from that is for {@link TableGate}.
 *
 * @param config names publication and tables
 */
record PublicationGate(CaptureConfig config) {

    /** The publication as it is now; refuses one that is gone or leaves out some kind of change. */
    PublicationFacts now(SourceCatalog catalog) throws SQLException {
        String name = config.replication().publication();
        PublicationFacts facts = catalog.publication(name).orElseThrow(() -> CaptureErrors.publicationMissing(name));
        if (!facts.complete()) {
            String sql =
                    ReplicationObjects.publicationSql(name, config.source().tables(), catalog.generatedColumns(name));
            throw CaptureErrors.publicationNarrow(name, "its tables", sql);
        }
        return facts;
    }

    /** The failure of a publication that leaves out changes of that table; empty when every change is published. */
    Optional<CaptureException> narrow(PublicationFacts facts, TableName table, GeneratedColumns log) {
        if (facts.coversWhole(table)) {
            return Optional.empty();
        }
        String name = config.replication().publication();
        String sql = facts.covers(table)
                ? "DROP PUBLICATION " + TableName.quote(name) + "; "
                        + ReplicationObjects.publicationSql(
                                name, config.source().tables(), log)
                : ReplicationObjects.additionSql(name, List.of(table));
        return Optional.of(CaptureErrors.publicationNarrow(name, table.toString(), sql));
    }

    /** Refuses a publication that was made again between the two positions, or is gone. */
    void requireSame(SourceCatalog catalog, CaptureState.Publication was, Lsn from, Lsn to) throws SQLException {
        PublicationFacts now = catalog.publication(was.name())
                .orElseThrow(() -> CaptureErrors.publicationGap(was.name(), "it is gone", from, to));
        if (now.id() != was.id()) {
            throw CaptureErrors.publicationGap(was.name(), "it was dropped and created again", from, to);
        }
        if (!now.revision().equals(was.revision())) {
            throw CaptureErrors.publicationGap(
                    was.name(), "its settings were changed, perhaps only for a moment", from, to);
        }
        now(catalog);
    }
}
