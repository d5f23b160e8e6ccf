package dev.sluice.cdc.capture;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at publication and tables before the records of a batch are written, over a connection of its own. A change
 * that is in the log before those records is in the catalog already, so no record is written and no position is
 * confirmed after a change that would leave a gap: a table that was swapped by renaming, dropped or taken out, or a
 * publication that was narrowed, be it for a moment.
 *
 * <p>One moment is left open: a server that waits for a standby logs a commit before it shows the commit. The look
 * before the next batch then finds the change.
 *
 * <p>Used by the engine's thread; {@link #close} by the supervisor after the engine ended.
 */
final class SourceWatch implements AutoCloseable {

    private final CaptureConfig config;
    private final StartGate gate;
    private final OffsetFile offsets;
    private @Nullable Connection connection;
    private String revision = "";
    private String outline = "";

    SourceWatch(CaptureConfig config, StartGate gate, OffsetFile offsets) {
        this.config = config;
        this.gate = gate;
        this.offsets = offsets;
    }

    /**
     * Returns when the publication is as it was when this watch looked first, and every table that is captured as it
     * was at the start.
     *
     * @throws dev.sluice.cdc.CaptureException the failure with which a start would refuse the publication, {@code
     *     CDC-045} when the publication was changed for a while, or the fault of one table, which is held then
     */
    void requireSame() {
        try {
            SourceCatalog catalog = new SourceCatalog(connected());
            String publication = config.replication().publication();
            String now = catalog.outline(publication, config.source().tables());
            if (!now.equals(outline)) {
                requireSame(catalog.publication(publication)
                        .orElseThrow(() -> CaptureErrors.publicationMissing(publication)));
                gate.requireCaptured(catalog);
                outline = now;
            }
        } catch (SQLException e) {
            close();
            throw Causes.sql(config.source().database(), e);
        }
    }

    private void requireSame(PublicationFacts published) {
        String now = published.id() + " " + published.revision();
        if (revision.isEmpty()) {
            revision = now;
        }
        if (published.complete() && !now.equals(revision)) {
            throw CaptureErrors.publicationChanged(
                    config.replication().publication(), offsets.position().orElse(new Lsn(0)));
        }
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
