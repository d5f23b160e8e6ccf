package dev.sluice.cdc.capture;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableErrors;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Refuses a publication that leaves out a change, and one that was changed since a position so that a change may be
 * missing.
 *
 * @param config names publication and tables
 */
record PublicationGate(CaptureConfig config) {

    /** The publication as it is now; refuses one that leaves out some change of some table. */
    CaptureState.Publication now(SourceCatalog catalog) throws SQLException {
        String name = config.replication().publication();
        PublicationFacts facts = catalog.publication(name).orElseThrow(() -> CaptureErrors.publicationMissing(name));
        Map<String, Long> members = new TreeMap<>();
        Map<String, List<Integer>> keys = new TreeMap<>();
        for (TableName table : config.source().tables()) {
            if (!facts.complete() || !facts.coversWhole(table)) {
                String sql = ReplicationObjects.publicationSql(
                        name, config.source().tables(), catalog.generatedColumns(name));
                throw CaptureErrors.publicationNarrow(name, table, sql);
            }
            PublicationFacts.Member member = facts.members().get(table);
            members.put(table.toString(), member == null ? 0 : member.id());
            keys.put(table.toString(), catalog.keyColumns(table));
        }
        return new CaptureState.Publication(name, facts.id(), members, keys);
    }

    /** Refuses a publication, or keys of its tables, that were changed between the two positions. */
    void requireSame(SourceCatalog catalog, CaptureState.Publication was, Lsn from, Lsn to) throws SQLException {
        PublicationFacts now = catalog.publication(was.name())
                .orElseThrow(() -> CaptureErrors.publicationGap(was.name(), "it is gone", from, to));
        if (now.id() != was.id()) {
            throw CaptureErrors.publicationGap(was.name(), "it was dropped and created again", from, to);
        }
        CaptureState.Publication is = now(catalog);
        was.members().forEach((table, id) -> {
            if (!id.equals(is.members().get(table))) {
                throw CaptureErrors.publicationGap(was.name(), table + " left it and came back", from, to);
            }
        });
        sameKeys(was, is, from);
    }

    /** Refuses a table whose primary key has other columns than before: its rows would get other keys. */
    static void sameKeys(CaptureState.Publication was, CaptureState.Publication is, Lsn from) {
        was.keys().forEach((table, columns) -> {
            if (!columns.equals(is.keys().get(table))) {
                throw TableErrors.keyChanged(TableName.parse(table), from);
            }
        });
    }
}
