package dev.sluice.audit.verify;

/**
 * Something that a verification found.
 *
 * @param code what it is
 * @param where file, leaf or table
 * @param message what is wrong, and with what; no data value
 */
public record Finding(Code code, String where, String message) {

    /** Whether the ledger fails because of it; otherwise it is to be known only. */
    public boolean fault() {
        return code.fault;
    }

    /** Kinds of findings. The codes are stable. */
    public enum Code {
        /** The checkpoint is absent, malformed or not signed by a known key. */
        CHECKPOINT("AUD-101", true),
        /** A file does not hold what the entries give, or is missing. */
        FILE("AUD-102", true),
        /** A file cannot be read. */
        UNREADABLE_FILE("AUD-103", true),
        /** An earlier head is malformed or not signed by a known key. */
        HEAD("AUD-104", true),
        /** The checkpoint is older than a head that was signed. */
        ROLLED_BACK("AUD-105", true),
        /** The ledger does not continue a head that was signed: there are two histories. */
        FORKED("AUD-106", true),
        /** Files go beyond the checkpoint: a gateway is writing, or was killed and has not started again. */
        AHEAD("AUD-107", false),
        /** An entry is not an event. */
        UNREADABLE_EVENT("AUD-111", true),
        /** A batch does not account for all its records. */
        UNACCOUNTED("AUD-112", true),
        /** Numbers of batches are missing. */
        BATCH_GAP("AUD-113", true),
        /** A batch is recorded twice. */
        BATCH_REPEATED("AUD-114", true),
        /** Offsets of a partition are missing between two batches. */
        OFFSET_GAP("AUD-115", true),
        /** Offsets of a partition are in two batches of one generation. */
        OFFSET_OVERLAP("AUD-116", true),
        /** A new generation reads offsets again; the rows come out the same. */
        OFFSET_REREAD("AUD-117", false),
        /** Ranges hold more offsets than the batch read records: transaction markers, compaction, or a loss before. */
        OFFSETS_EMPTY("AUD-120", false),
        /** Leaves of a wide batch or plan are missing. */
        PART_MISSING("AUD-118", true),
        /** A batch names a plan that was not activated before it. */
        PLAN_UNKNOWN("AUD-119", true),
        /** A table or a version that a batch names does not exist. */
        VERSION_MISSING("AUD-121", true),
        /** A version that a batch names was written by something else. */
        VERSION_FOREIGN("AUD-122", true),
        /** A version was written by a batch that is not recorded. */
        VERSION_UNRECORDED("AUD-123", true),
        /** The table no longer keeps the log of a version, so it cannot be checked. */
        VERSION_EXPIRED("AUD-124", false),
        /** A commit file cannot be read. */
        COMMIT_UNREADABLE("AUD-125", true);

        private final String text;
        private final boolean fault;

        Code(String text, boolean fault) {
            this.text = text;
            this.fault = fault;
        }

        /** The code in output, for example {@code AUD-102}. */
        public String text() {
            return text;
        }
    }

    @Override
    public String toString() {
        return code.text + " " + where + ": " + message;
    }
}
