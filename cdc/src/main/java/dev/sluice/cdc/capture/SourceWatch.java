package dev.sluice.cdc.capture;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at publication and tables before a position is confirmed, over a connection of its own. A change that is in the
 * log before that position is in the catalog already, so no position passes a change that would leave a gap: a table
 * that was swapped by renaming, dropped or taken out, or a publication that was narrowed, be it for a moment.
 *
 * <p>One moment is left open: a server that waits for a standby logs a commit before it shows the commit. The look
 * before the next position then finds the change.
 *
 * <p>Used by the engine's thread; {@link #close} by the supervisor after the engine ended.
 */
final class SourceWatch implements AutoCloseable {

    private final CaptureConfig config;
    private final StartGate gate;
    private final OffsetFile offsets;
    private @Nullable Connection connection;
    private @Nullable Standing standing;
    private String outline = "";

    /**
     * What must stay as it is while capture runs.
     *
     * @param revision the revision of the publication
     * @param published the publication
     * @param tables object id of each table
     */
    private record Standing(String revision, CaptureState.Publication published, Map<TableName, Long> tables) {}

    SourceWatch(CaptureConfig config, StartGate gate, OffsetFile offsets) {
        this.config = config;
        this.gate = gate;
        this.offsets = offsets;
    }

    /**
     * Returns when publication and tables are as they were when this watch looked first.
     *
     * @throws dev.sluice.cdc.CaptureException the failure with which a start would refuse the change, {@code CDC-045}
     *     when the publication was changed for a while, {@code CDC-039} when a table was made again
     */
    void requireSame() {
        try {
            SourceCatalog catalog = new SourceCatalog(connected());
            String now = catalog.outline(
                    config.replication().publication(), config.source().tables());
            if (!now.equals(outline)) {
                Standing found = standing(catalog);
                if (standing != null) {
                    requireSame(standing, found);
                }
                standing = found;
                outline = now;
            }
        } catch (SQLException e) {
            close();
            throw Causes.sql(config.source().database(), e);
        }
    }

    private Standing standing(SourceCatalog catalog) throws SQLException {
        CaptureState.Publication published = gate.requireFit(catalog);
        Map<TableName, Long> ids = new TreeMap<>();
        for (TableName table : config.source().tables()) {
            catalog.form(table).ifPresent(form -> ids.put(table, form.id()));
        }
        String revision = catalog.publication(published.name())
                .map(PublicationFacts::revision)
                .orElse("");
        return new Standing(revision, published, ids);
    }

    private void requireSame(Standing before, Standing now) {
        Lsn from = offsets.position().orElse(new Lsn(0));
        PublicationGate.sameKeys(before.published(), now.published(), from);
        if (!now.published().equals(before.published()) || !now.revision().equals(before.revision())) {
            throw CaptureErrors.publicationChanged(now.published().name(), from);
        }
        now.tables().forEach((table, id) -> {
            if (!id.equals(before.tables().get(table))) {
                throw TableErrors.madeAgain(table, from);
            }
        });
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = config.source().database().connect();
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException alreadyBroken) {
            connection = null;
        }
    }
}
