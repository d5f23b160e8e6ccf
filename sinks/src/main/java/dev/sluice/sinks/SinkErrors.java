package dev.sluice.sinks;

/** The failures of this module. Each message says what, where, why and what to do; none holds a data value. */
public final class SinkErrors {

    private SinkErrors() {}

    /** A batch whose parts do not sum up. */
    public static SinkException unaccounted(long in, long sum) {
        return new SinkException(
                "SNK-001",
                in + " records were read but " + sum + " are accounted for. The batch is stopped, nothing was"
                        + " acknowledged. Restart; if it comes back, keep the logs and report it.");
    }

    /** A line that does not answer record by record. */
    public static SinkException brokenLine(int asked, int answered) {
        return new SinkException(
                "SNK-002",
                "the line was given " + asked + " records and answered with " + answered
                        + ". Records would be lost, so the batch is stopped.");
    }

    /** A source column that a technical column would hide. */
    public static SinkException reservedColumn(String dataset, String column) {
        return new SinkException(
                "SNK-003",
                dataset + " has a column '" + column + "', which is the name of a column that history tables add."
                        + " Set another 'prefix' for this output in the pipeline file.");
    }

    /** Two columns that differ in case only. */
    public static SinkException sameColumn(String dataset, String one, String two) {
        return new SinkException(
                "SNK-004",
                dataset + " has the columns '" + one + "' and '" + two + "', which differ in case only. A Delta table"
                        + " cannot hold both. Drop one of them in the policy.");
    }

    /** A name that cannot be a path or a column. */
    public static SinkException unsafeName(String what, String escaped) {
        return new SinkException(
                "SNK-005",
                "the " + what + " '" + escaped + "' is empty or holds a control character. It is refused, because"
                        + " readers would disagree on it. Rename it in the source, or drop it in the policy.");
    }

    /** A column whose type no longer fits the table. */
    public static SinkException columnType(String dataset, String column, String stored, String arriving) {
        return new SinkException(
                "SNK-006",
                dataset + " column '" + column + "' is " + stored + " in the table but " + arriving
                        + " in the batch, after a change of the source or of the policy. History is never rewritten:"
                        + " give the output another name, or undo the change.");
    }

    /** Two different events at one position. */
    public static SinkException positionConflict(String dataset, RuntimeException conflict) {
        return new SinkException(
                "SNK-007",
                "POSITION_CONFLICT in " + dataset + ": " + conflict.getMessage()
                        + ". The order of changes is not known, so the batch is stopped. Check that one source alone"
                        + " writes the topic.",
                conflict);
    }

    /** A committed batch whose commit cannot be read back. */
    public static SinkException lostNote(String path, BatchId batch) {
        return new SinkException(
                "SNK-008",
                path + " holds batch " + batch + " already, but its log entry is gone, so its counts cannot be"
                        + " repeated. Restore the _delta_log from a backup, or reset the pipeline to a new"
                        + " generation.");
    }

    /** A write that left no commit. */
    public static SinkException nothingCommitted(String path, BatchId batch) {
        return new SinkException(
                "SNK-009",
                path + " has no commit of batch " + batch + " after it was written. The batch is stopped, nothing was"
                        + " acknowledged. Check that nobody else writes the table.");
    }

    /** Bytes that this version cannot read. */
    public static SinkException unreadable(String what, int version) {
        return new SinkException(
                "SNK-010",
                "a stored " + what + " has format " + version + ", which this version does not know. It was written"
                        + " by a newer version; use that one.");
    }

    /** A file that cannot be read or written. */
    public static SinkException storage(String what, String path, Exception cause) {
        return new SinkException(
                "SNK-011",
                "cannot " + what + " " + path + ": " + cause.getClass().getSimpleName()
                        + ". Check the disk and the permissions.",
                cause);
    }

    /** A change without what it needs to be stored. */
    public static SinkException incomplete(String coordinates, String what) {
        return new SinkException(
                "SNK-012",
                "the change at " + coordinates + " has no " + what
                        + ". It cannot be placed in a history, so the batch is stopped.");
    }

    /** A work step that was interrupted. */
    public static SinkException interrupted(BatchId batch, InterruptedException cause) {
        return new SinkException("SNK-013", "batch " + batch + " was interrupted; it will be replayed.", cause);
    }

    /** A session that would skip deletes. */
    public static SinkException taintedSession() {
        return new SinkException(
                "SNK-014",
                "the session for an erasure has a Delta transaction id set, with which deletes may be skipped. Nothing"
                        + " was deleted. Give it a new session.");
    }

    /** A step of a batch that failed in a way without a name. */
    public static SinkException stepFailed(BatchId batch, Throwable cause) {
        return new SinkException(
                "SNK-015",
                "A step of batch " + batch + " failed with " + cause.getClass().getName() + ", which is attached as the"
                        + " cause. Nothing was acknowledged, and the batch will be replayed. If the failure comes back,"
                        + " correct what the cause names.",
                cause);
    }

    /** A dead letter whose change an earlier run of the batch put into a table. */
    public static SinkException changedFate(BatchId batch, String deadLetter) {
        return new SinkException(
                "SNK-017",
                "batch " + batch + " is replayed, and record " + deadLetter + " is a dead letter now, but a table took"
                        + " all records of its topic in an earlier run of the batch. It would be in both, so the batch"
                        + " is stopped, the dead letters are as they were. The policy or the keys have changed since:"
                        + " put them back, restart, and change them again once the batch is recorded.");
    }

    /** A receipt whose dead letters are not those that were counted. */
    public static SinkException deadLettersDiffer(BatchId batch, long counted, long written) {
        return new SinkException(
                "SNK-018",
                "batch " + batch + " counts " + counted + " dead letters, but " + written + " are written. Nothing was"
                        + " recorded; the batch is stopped. Restart; if it comes back, keep the logs and report it.");
    }

    /** A record that the batch was not to read. */
    public static SinkException unplanned(BatchId batch, SourceRange seen) {
        return new SinkException(
                "SNK-016",
                "batch " + batch + " read offsets " + seen.from() + " to " + seen.until() + " of " + seen.topic() + "-"
                        + seen.partition() + ", which lie outside what was planned for it. Nothing was recorded; the"
                        + " batch is stopped. Restart; if it comes back, keep the logs and report it.");
    }
}
