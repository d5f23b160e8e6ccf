package dev.sluice.cdc.capture;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import java.sql.SQLException;

/**
 * Refuses a publication that leaves out changes of all its tables, and one that was made again since a position. What
 * is published of one table is for {@link TableGate}.
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
