package dev.sluice.audit.verify;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Level;
import dev.sluice.cdc.finding.Finding.Place;

/** Names every kind of finding that a verification can make. The texts of the codes are stable. */
public enum VerificationCode {
    /** The checkpoint is missing, malformed or not signed by a known key. */
    CHECKPOINT("AUD-101", Level.FAIL, Fix.KEY),
    /** A file of the log is missing, or its content differs from what the entries give. */
    FILE("AUD-102", Level.FAIL, Fix.EVIDENCE),
    /** A file of the log cannot be read. */
    UNREADABLE_FILE("AUD-103", Level.FAIL, Fix.DISK),
    /** A kept head is malformed, not signed by a known key, or of another ledger. */
    HEAD("AUD-104", Level.FAIL, Fix.KEY),
    /** The checkpoint has fewer leaves than a kept head. */
    ROLLED_BACK("AUD-105", Level.FAIL, Fix.EVIDENCE),
    /** The ledger does not contain a kept head: the key signed two histories. */
    FORKED("AUD-106", Level.FAIL, Fix.EVIDENCE),
    /** Files go beyond the checkpoint: a gateway is writing, or was killed and has not started again. */
    AHEAD("AUD-107", Level.NOTE, ""),
    /** An entry is not an event that this release can read. */
    UNREADABLE_EVENT("AUD-111", Level.FAIL, "Verify with the release that wrote the ledger."),
    /** A batch does not account for all its records. */
    UNACCOUNTED("AUD-112", Level.FAIL, Fix.EVIDENCE),
    /** Numbers of batches are missing. */
    BATCH_GAP("AUD-113", Level.FAIL, Fix.EVIDENCE),
    /** A batch is recorded twice. */
    BATCH_REPEATED("AUD-114", Level.FAIL, Fix.EVIDENCE),
    /** Offsets of a partition are missing between two batches. */
    OFFSET_GAP("AUD-115", Level.FAIL, Fix.EVIDENCE),
    /** Two batches of one generation read the same offsets of a partition. */
    OFFSET_OVERLAP("AUD-116", Level.FAIL, Fix.EVIDENCE),
    /** A new generation reads offsets of an earlier one again; the rows come out the same. */
    OFFSET_REREAD("AUD-117", Level.NOTE, ""),
    /** Leaves of a split batch or plan are missing. */
    PART_MISSING("AUD-118", Level.FAIL, Fix.EVIDENCE),
    /** A batch names a plan that was not activated before it. */
    PLAN_UNKNOWN("AUD-119", Level.FAIL, Fix.EVIDENCE),
    /** Ranges hold more offsets than the batch read records: transaction markers, compaction, or a loss before. */
    OFFSETS_EMPTY("AUD-120", Level.NOTE, ""),
    /** A table or a table version that a batch names does not exist. */
    VERSION_MISSING("AUD-121", Level.FAIL, Fix.TABLE),
    /** The commit of a table version that a batch names does not name that batch. */
    VERSION_FOREIGN("AUD-122", Level.FAIL, Fix.TABLE),
    /** The commit of a table version names a batch that is not recorded. */
    VERSION_UNRECORDED("AUD-123", Level.FAIL, Fix.TABLE),
    /** The table no longer keeps the commit file of a version, so the version cannot be checked. */
    VERSION_EXPIRED("AUD-124", Level.NOTE, ""),
    /** A commit file cannot be read. */
    COMMIT_UNREADABLE("AUD-125", Level.FAIL, Fix.DISK);

    private final String text;
    private final Level level;
    private final String fix;

    VerificationCode(String text, Level level, String fix) {
        this.text = text;
        this.level = level;
        this.fix = fix;
    }

    /** The code as output shows it, for example {@code AUD-102}. */
    public String text() {
        return text;
    }

    /**
     * Makes a finding of this kind.
     *
     * @param where file, leaf or table that the finding is about
     * @param message what the verification saw, as a sentence without a data value
     */
    public Finding at(String where, String message) {
        return new Finding(level, text, Place.of(where), message, fix);
    }

    /** What the reader of a finding should do; several kinds share one advice. */
    private static final class Fix {
        static final String KEY = "Check that ledger, head and verifier key belong together.";
        static final String EVIDENCE = "Keep the files as evidence and compare them with a backup.";
        static final String DISK = "Check the rights of the folder and the disk, then verify again.";
        static final String TABLE = "Look for a restored folder, or for a writer of the table beside the gateway.";

        private Fix() {}
    }
}
