package dev.sluice.sinks.commit;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.SinkErrors;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * Writes each batch into each table once.
 *
 * <p>A write with Spark runs in a session of its own, with the transaction id of Delta set only during the write,
 * because a session keeps this setting and Delta would silently skip later statements. The transaction id names the
 * generation and the table; its version is the batch number. Thread-safe; one instance for each lake and process.
 */
public final class TableWriter {

    private static final String TXN_APP = "spark.databricks.delta.write.txnAppId";
    private static final String TXN_VERSION = "spark.databricks.delta.write.txnVersion";
    private static final String METADATA = "spark.databricks.delta.commitInfo.userMetadata";

    private final SparkSession session;
    private final Map<String, Long> committed = new ConcurrentHashMap<>();

    /**
     * Says where a table is, and how notes and transaction ids name the table.
     *
     * @param location folder or URI
     * @param table name of the table in notes and transaction ids
     */
    public record Target(String location, String table) {}

    /** A writer whose sessions are siblings of that one. */
    public TableWriter(SparkSession session) {
        this.session = session;
    }

    /** The commit log of a table. */
    public CommitLog log(Target target) {
        return new CommitLog(target.location(), session.sparkContext().hadoopConfiguration());
    }

    /**
     * Returns the commit that already holds the batch; empty when the batch is still to be written to the table.
     *
     * @throws dev.sluice.sinks.SinkException {@code SNK-008} when the table holds the batch and the log has lost the
     *     commit, {@code SNK-019} when the number stood for another plan
     */
    public Optional<CommitLog.Found> alreadyWritten(Target target, BatchPlan batch) {
        String id = transactionId(target, batch.id());
        CommitLog log = log(target);
        long last = committed.computeIfAbsent(id, i -> log.lastNumber(i).orElse(-1L));
        if (last < batch.id().number()) {
            return Optional.empty();
        }
        CommitLog.Found found = log.find(batch.id(), target.table());
        if (!found.note().plan().equals(batch.digest())) {
            throw SinkErrors.otherPlan(target.location(), batch.id(), found.version());
        }
        return Optional.of(found);
    }

    /**
     * Holds the session and the options that make a Spark write the one commit of a batch.
     *
     * @param session for statements on a table; transaction id and note are set in the session
     * @param options for frames that are written, because the settings of the session that made the frame would apply
     *     otherwise
     */
    public record WriteScope(SparkSession session, Map<String, String> options) {}

    /**
     * Writes a batch's part of a table as one commit.
     *
     * @param write makes exactly one commit within the scope
     * @return the commit
     * @throws dev.sluice.sinks.SinkException {@code SNK-009} when the table has no commit of the batch after the write
     */
    public CommitLog.Found write(Target target, BatchId batch, CommitNote note, Consumer<WriteScope> write) {
        String id = transactionId(target, batch);
        String number = Long.toString(batch.number());
        under(
                Map.of(TXN_APP, id, TXN_VERSION, number, METADATA, note.text()),
                own -> write.accept(new WriteScope(
                        own, Map.of("txnAppId", id, "txnVersion", number, "userMetadata", note.text()))));
        CommitLog log = log(target);
        if (log.lastNumber(id).orElse(-1L) < batch.number()) {
            throw SinkErrors.nothingCommitted(target.location(), batch);
        }
        committed.put(id, batch.number());
        return log.find(batch, target.table());
    }

    /**
     * Writes a batch's part of a table as one commit without Spark.
     *
     * @param write makes the commit under that transaction id, and returns the version of the commit
     */
    public CommitLog.Found writeDirectly(Target target, BatchId batch, CommitNote note, ToLongFunction<String> write) {
        String id = transactionId(target, batch);
        long version = write.applyAsLong(id);
        committed.put(id, batch.number());
        return new CommitLog.Found(version, note);
    }

    /**
     * Corrects what an earlier run of the batch committed to a table, as one more commit of the batch. The commit
     * carries no transaction id, because Delta skips a second write under the id of the batch. The step must therefore
     * change nothing when it is repeated.
     *
     * @param correct makes exactly one commit
     * @return the commit, whose note counts for the batch from now on
     */
    public CommitLog.Found amend(Target target, BatchId batch, CommitNote note, Consumer<SparkSession> correct) {
        under(Map.of(METADATA, note.text()), correct);
        return log(target).find(batch, target.table());
    }

    private void under(Map<String, String> settings, Consumer<SparkSession> step) {
        inSession(own -> {
            RuntimeConfig conf = own.conf();
            try {
                settings.forEach(conf::set);
                step.accept(own);
            } finally {
                settings.keySet().forEach(conf::unset);
            }
        });
    }

    /** Runs a step in a fresh session that is the thread's active one meanwhile, as Delta expects. */
    public void inSession(Consumer<SparkSession> step) {
        Optional<SparkSession> before = active();
        SparkSession own = session.newSession();
        SparkSession.setActiveSession(own);
        try {
            step.accept(own);
        } finally {
            SparkSession.clearActiveSession();
            before.ifPresent(SparkSession::setActiveSession);
        }
    }

    private static Optional<SparkSession> active() {
        scala.Option<SparkSession> active = SparkSession.getActiveSession();
        return active.isDefined() ? Optional.of(active.get()) : Optional.empty();
    }

    private static String transactionId(Target target, BatchId batch) {
        return "sluice/" + batch.generation() + "/" + target.table();
    }
}
