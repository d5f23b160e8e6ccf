package dev.sluice.sinks;

/**
 * Makes the exceptions of this module, one method for each code. A message says what is wrong, where, why and what to
 * do, and never holds a data value.
 */
public final class SinkErrors {

    private SinkErrors() {}

    /** SNK-001: the parts of a batch do not add up to its records. */
    public static SinkException unaccounted(long in, long sum) {
        return new SinkException(
                "SNK-001",
                in + " records were read, but " + sum + " are accounted for. The batch is stopped, and nothing was"
                        + " acknowledged. Restart the gateway; if the failure comes back, report it with the log of"
                        + " the gateway.");
    }

    /** SNK-002: the line does not answer record by record. */
    public static SinkException brokenLine(int asked, int answered) {
        return new SinkException(
                "SNK-002",
                "The line was given " + asked + " records and answered with " + answered + ". Records would be lost,"
                        + " so the batch is stopped. Restart the gateway; if the failure comes back, report it with"
                        + " the log of the gateway.");
    }

    /** SNK-003: a source column has the name of a technical column. */
    public static SinkException reservedColumn(String dataset, String column) {
        return new SinkException(
                        "SNK-003",
                        "The dataset " + dataset + " has a column '" + column
                                + "', which is the name of a technical column of"
                                + " history tables. Set another 'prefix' for this output in the pipeline file.")
                .ofDataset(dataset);
    }

    /** SNK-004: two columns differ in case only. */
    public static SinkException sameColumn(String dataset, String one, String two) {
        return new SinkException(
                        "SNK-004",
                        "The dataset " + dataset + " has the columns '" + one + "' and '" + two
                                + "', which differ in case"
                                + " only. A Delta table cannot hold both. Drop one of them in the policy.")
                .ofDataset(dataset);
    }

    /** SNK-005: a name cannot be a path or a column. */
    public static SinkException unsafeName(String what, String escaped) {
        return new SinkException(
                "SNK-005",
                "The " + what + " '" + escaped + "' is empty or holds a control character. The name is refused,"
                        + " because readers of the lake would disagree on it. Rename it in the source, or drop it in"
                        + " the policy.");
    }

    /** SNK-006: the type of a column no longer fits the table. */
    public static SinkException columnType(String dataset, String column, String stored, String arriving) {
        return new SinkException(
                        "SNK-006",
                        "The column '" + column + "' of " + dataset + " is " + stored + " in the table but " + arriving
                                + " in"
                                + " the batch, after a change of the source or of the policy. Stored history is never"
                                + " rewritten. Give the output another name, or undo the change.")
                .ofDataset(dataset);
    }

    /** SNK-022: Delta refuses to write a table as it is. */
    public static SinkException refusedTable(String dataset, Exception cause) {
        return new SinkException(
                        "SNK-022",
                        "Delta refuses to write the table of " + dataset + " ("
                                + cause.getClass().getSimpleName()
                                + "): the table has a property, a feature or a column"
                                + " that does not fit the batch. The dataset is held. Look whether another program has"
                                + " changed the table; the log names the cause.",
                        cause)
                .ofDataset(dataset);
    }

    /** SNK-007: two different events claim one position. */
    public static SinkException positionConflict(String dataset, RuntimeException conflict) {
        return new SinkException(
                        "SNK-007",
                        "Two changes of " + dataset + " contradict each other (POSITION_CONFLICT). "
                                + conflict.getMessage()
                                + " The order of the changes is not known, so the dataset is held. Check that only one"
                                + " source writes the topic.",
                        conflict)
                .ofDataset(dataset);
    }

    /** SNK-008: the commit of a written batch cannot be read back. */
    public static SinkException lostNote(String path, BatchId batch) {
        return new SinkException(
                "SNK-008",
                "The table " + path + " holds batch " + batch + " already, but the log entry of the batch is gone, so"
                        + " its counts cannot be repeated. Restore the _delta_log of the table from a backup, or reset"
                        + " the pipeline to a new generation.");
    }

    /** SNK-023: the log of a table has lost its commits. */
    public static SinkException lostCommits(String path, Exception cause) {
        return new SinkException(
                "SNK-023",
                "The _delta_log of the table " + path + " names a checkpoint and holds no commit, so what the table"
                        + " held is not known. Restore the _delta_log from a backup, or reset the pipeline to a new"
                        + " generation.",
                cause);
    }

    /** SNK-009: a write left no commit. */
    public static SinkException nothingCommitted(String path, BatchId batch) {
        return new SinkException(
                "SNK-009",
                "The table " + path + " has no commit of batch " + batch + " after it was written. The batch is"
                        + " stopped, and nothing was acknowledged. Check that no other program writes the table.");
    }

    /** SNK-010: stored bytes have a format that this version does not know. */
    public static SinkException unreadable(String what, int version) {
        return new SinkException(
                "SNK-010",
                "A stored " + what + " has format " + version + ", which this version of the program does not know. A"
                        + " newer version wrote it. Use the newer version.");
    }

    /** SNK-011: a file cannot be read or written. */
    public static SinkException storage(String what, String path, Exception cause) {
        return SinkException.away(
                "SNK-011",
                "The gateway cannot " + what + " " + path + " ("
                        + cause.getClass().getSimpleName() + "). Check the"
                        + " free space and the permissions of the disk.",
                cause);
    }

    /** SNK-012: a change lacks what is needed to store it. */
    public static SinkException incomplete(String coordinates, String what) {
        return new SinkException(
                "SNK-012",
                "The change at " + coordinates + " has no " + what + " and cannot be placed in a history, so the batch"
                        + " is stopped. Report the failure with the log of the gateway.");
    }

    /** SNK-013: a batch was interrupted. */
    public static SinkException interrupted(BatchId batch, InterruptedException cause) {
        return new SinkException(
                "SNK-013",
                "Batch " + batch + " was interrupted. Nothing was acknowledged, and the batch will be replayed.",
                cause);
    }

    /** SNK-014: the session of an erasure would skip deletes. */
    public static SinkException taintedSession() {
        return new SinkException(
                "SNK-014",
                "The session for an erasure has a Delta transaction id set, with which Delta may skip deletes. Nothing"
                        + " was deleted. Give the erasure a new session.");
    }

    /** SNK-015: a step of a batch failed for a reason without a code. */
    public static SinkException stepFailed(BatchId batch, Throwable cause) {
        return new SinkException(
                "SNK-015",
                "A step of batch " + batch + " failed with " + cause.getClass().getName() + ", which is attached as"
                        + " the cause. Nothing was acknowledged, and the batch will be replayed. If the failure comes"
                        + " back, correct what the cause names.",
                cause);
    }

    /** SNK-017: a record became a dead letter after an earlier run of its batch had put it into a table. */
    public static SinkException changedFate(BatchId batch, String deadLetter) {
        return new SinkException(
                "SNK-017",
                "Batch " + batch + " is replayed, and record " + deadLetter + " is a dead letter now, but a table took"
                        + " all records of its topic in an earlier run of the batch. The record would be in both, so"
                        + " the batch is stopped and the dead letters stay as they were. The policy or the keys have"
                        + " changed since: put them back, restart, and change them again once the batch is recorded.");
    }

    /** SNK-018: the dead letters of a receipt are not as many as were counted. */
    public static SinkException deadLettersDiffer(BatchId batch, long counted, long written) {
        return new SinkException(
                "SNK-018",
                "Batch " + batch + " counts " + counted + " dead letters, but " + written + " are written. Nothing was"
                        + " recorded, and the batch is stopped. Restart the gateway; if the failure comes back, report"
                        + " it with the log of the gateway.");
    }

    /** SNK-016: a batch read a record outside its planned offsets. */
    public static SinkException unplanned(BatchId batch, String partition, long from, long until) {
        return new SinkException(
                "SNK-016",
                "Batch " + batch + " read the offsets " + from + " to " + until + " of " + partition + ", which lie"
                        + " outside the offsets that are planned for the batch. Nothing was recorded, and the batch is"
                        + " stopped. Restart the gateway; if the failure comes back, report it with the log of the"
                        + " gateway.");
    }

    /** SNK-020: too many records of a dataset are bad. */
    public static SinkException mostlyDead(String dataset, long dead, long records, int percent) {
        return new SinkException(
                        "SNK-020",
                        dead + " of " + records + " records of " + dataset + " in one batch would become dead letters,"
                                + " which is more than " + percent + " percent. Such a share points to a fault of the"
                                + " whole dataset, so the dataset is held and no dead letter is written. Look at the"
                                + " log for the codes, and correct the schema, the policy or the producer; to accept"
                                + " the dead letters, raise run.dead-letter-share in the pipeline file.")
                .ofDataset(dataset);
    }

    /** SNK-021: no record of a dataset can be read, for a reason that all of its records have. */
    public static SinkException unreadable(String dataset, long dead, String code, String detail) {
        return new SinkException(
                        "SNK-021",
                        dead + " records of " + dataset
                                + " in a row cannot be read for the same reason; one of them says "
                                + code + ": " + detail + ". That is a fault of the whole topic and not of a record, so"
                                + " the dataset is held and no dead letter is written. Read sluice explain " + code
                                + ", and correct the producer, the table or the pipeline file; to accept the dead"
                                + " letters, set run.dead-letter-share to 100%.")
                .ofDataset(dataset);
    }

    /** SNK-019: a table holds a commit of the same batch number that another plan made. */
    public static SinkException otherPlan(String path, BatchId batch, long version) {
        return new SinkException(
                "SNK-019",
                "Version " + version + " of the table " + path + " holds batch " + batch + ", but of another plan: the"
                        + " number stood for other records then. The batch is stopped and nothing was written, because"
                        + " the records of this plan would count as written. The control database or the ledger is"
                        + " older than the tables. Restore control database, ledger and lake from one backup.");
    }
}
