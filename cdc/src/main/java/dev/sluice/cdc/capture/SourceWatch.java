package dev.sluice.cdc.capture;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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

    /** How often patterns are compared with the catalog. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CaptureConfig config;
    private final StartGate gate;
    private final OffsetFile offsets;
    private @Nullable Connection connection;
    private String revision = "";
    private String outline = "";
    private List<TableName> named = List.of();
    private long lookedAt;

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
            if (!outline(catalog).equals(outline)) {
                named = List.of();
                String now = outline(catalog);
                requireSame(catalog.publication(publication)
                        .orElseThrow(() -> CaptureErrors.publicationMissing(publication)));
                gate.requireCaptured(catalog);
                named = List.of();
                // What changed during the look is looked at again.
                outline = outline(catalog).equals(now) ? now : "";
            }
        } catch (SQLException e) {
            close();
            throw Causes.sql(config.source().database(), e);
        }
    }

    /** Where patterns name tables, a table that came during the snapshot is held when the stream begins. */
    private String outline(SourceCatalog catalog) throws SQLException {
        if (named.isEmpty() || System.nanoTime() - lookedAt > LOOK.toNanos()) {
            named = config.expanded(catalog).source().tables();
            lookedAt = System.nanoTime();
        }
        boolean streams =
                config.source().selection().hasPatterns() && offsets.position().isPresent();
        String text = catalog.outline(config.replication().publication(), named);
        return streams ? "streams; " + text : text;
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
