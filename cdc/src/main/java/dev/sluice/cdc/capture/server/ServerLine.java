package dev.sluice.cdc.capture.server;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.ServerFacts;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Decides whether a server continues the log of the server that was captured before: it is that server, or a standby
 * that was promoted after it had received every confirmed change.
 */
public final class ServerLine {
    private static final String AGAIN =
            " Begin the capture anew with 'sluice capture reset': the next start reads the tables again, and the"
                    + " history stays.";

    private ServerLine() {}

    /** Reads the history of the timeline of the server that answers; asked only when the timeline is another one. */
    @FunctionalInterface
    public interface HistoryReader {
        TimelineHistory read() throws SQLException;
    }

    /**
     * Returns when every position up to the confirmed one means the same on both servers.
     *
     * @param was the server as capture knows it; {@code written} is the confirmed position
     * @param now the server that answers
     * @param history reads the history of the timeline of {@code now}
     * @throws CaptureException {@code CDC-010} for another server, {@code CDC-024} for one that was put back, {@code
     *     CDC-053} for a standby that was promoted too early
     */
    public static void requireSame(ServerFacts was, ServerFacts now, HistoryReader history) throws SQLException {
        Lsn confirmed = was.written();
        same("system identifier", was.system(), now.system(), confirmed);
        same("database oid", Long.toString(was.database()), Long.toString(now.database()), confirmed);
        if (was.timeline() != now.timeline()) {
            Optional<Lsn> end = history.read().end(was.timeline());
            if (end.isEmpty()) {
                throw otherServer("timeline", Long.toString(was.timeline()), Long.toString(now.timeline()), confirmed);
            }
            if (confirmed.isAfter(end.get())) {
                throw promotedEarly(was.timeline(), end.get(), confirmed);
            }
        }
        if (confirmed.isAfter(now.written())) {
            throw behind(confirmed, now.written());
        }
    }

    private static void same(String what, String was, String is, Lsn confirmed) {
        if (!was.equals(is)) {
            throw otherServer(what, was, is, confirmed);
        }
    }

    private static CaptureException otherServer(String what, String was, String is, Lsn confirmed) {
        return fatal(
                "CDC-010",
                "The source database is not the one captured before: " + what + " was " + was + ", but is now " + is
                        + ", and its log does not lead from the one to the other. A position of one server means"
                        + " nothing on another. Capture has confirmed changes up to " + confirmed
                        + ". Changes that were committed since cannot be captured any more." + AGAIN);
    }

    private static CaptureException promotedEarly(long timeline, Lsn end, Lsn confirmed) {
        return fatal(
                "CDC-053",
                "The source database was promoted from a standby that had not received everything: it left timeline "
                        + timeline + " at " + end + ", but capture has confirmed changes up to " + confirmed
                        + ". The raw topics hold changes that the source does not have. Set synchronized_standby_slots"
                        + " on the server, so that capture never runs ahead of a standby." + AGAIN);
    }

    private static CaptureException behind(Lsn confirmed, Lsn written) {
        return fatal(
                "CDC-024",
                "The source database was restored to an earlier state: capture has confirmed changes up to " + confirmed
                        + ", but the database has written only up to " + written
                        + ". Capture would skip what the database commits up to the confirmed position." + AGAIN);
    }

    private static CaptureException fatal(String code, String message) {
        return new CaptureException(code, message, false, null);
    }
}
