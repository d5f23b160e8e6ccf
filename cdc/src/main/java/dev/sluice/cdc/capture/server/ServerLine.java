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

    /** Answers for the server that is there now. */
    public interface Successor {

        /** The history of its timeline; asked only when the timeline is another one. */
        TimelineHistory history() throws SQLException;

        /**
         * Whether that transaction is committed, by its number without the epoch; asked only of a transaction of which
         * the log of the server holds a change.
         */
        boolean isCommitted(long transaction) throws SQLException;
    }

    /**
     * Returns when every position up to the confirmed one means the same on both servers, and the server has every
     * change that may be in the raw topics.
     *
     * @param was the server as capture knows it; {@code written} is the confirmed position
     * @param now the server that answers
     * @param topics what may be in the raw topics
     * @param server answers for {@code now}
     * @throws CaptureException {@code CDC-010} for another server, {@code CDC-024} for one that was put back, {@code
     *     CDC-053} for a standby that was promoted too early
     */
    public static void requireSame(ServerFacts was, ServerFacts now, Optional<WrittenChanges> topics, Successor server)
            throws SQLException {
        Lsn confirmed = was.written();
        same("system identifier", was.system(), now.system(), confirmed);
        same("database oid", Long.toString(was.database()), Long.toString(now.database()), confirmed);
        if (was.timeline() != now.timeline()) {
            Lsn end = server.history()
                    .end(was.timeline())
                    .orElseThrow(() -> otherServer(
                            "timeline", Long.toString(was.timeline()), Long.toString(now.timeline()), confirmed));
            if (confirmed.isAfter(end)) {
                throw promotedEarly(was.timeline(), end, "confirmed changes up to " + confirmed);
            }
            if (topics.isPresent() && isMissing(topics.get(), end, server)) {
                throw promotedEarly(
                        was.timeline(),
                        end,
                        "written changes up to " + topics.get().last());
            }
        }
        if (confirmed.isAfter(now.written())) {
            throw behind("confirmed", confirmed, now.written());
        }
        Lsn last = topics.map(WrittenChanges::last).orElse(confirmed);
        if (last.isAfter(now.written())) {
            throw behind("written", last, now.written());
        }
    }

    /**
     * Whether a change of the topics is missing on a server that left the log at that position. A transaction of which
     * the log holds a change may lack its commit.
     */
    private static boolean isMissing(WrittenChanges topics, Lsn end, Successor server) throws SQLException {
        WrittenChanges.Open open = topics.open();
        if (open == null || topics.committed().isAfter(end)) {
            return topics.committed().isAfter(end);
        }
        return !end.isAfter(Lsn.parse(open.change())) || !server.isCommitted(open.transaction());
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

    private static CaptureException promotedEarly(long timeline, Lsn end, String captured) {
        return fatal(
                "CDC-053",
                "The source database was promoted from a standby that had not received everything: it left timeline "
                        + timeline + " at " + end + ", but capture has " + captured
                        + ". The raw topics hold changes that the source does not have. Set synchronized_standby_slots"
                        + " on the server, so that capture never runs ahead of a standby." + AGAIN);
    }

    private static CaptureException behind(String done, Lsn position, Lsn written) {
        return fatal(
                "CDC-024",
                "The source database was restored to an earlier state: capture has " + done + " changes up to "
                        + position + ", but the database has written only up to " + written
                        + ". Capture would skip what the database commits up to that position." + AGAIN);
    }

    private static CaptureException fatal(String code, String message) {
        return new CaptureException(code, message, false, null);
    }
}
