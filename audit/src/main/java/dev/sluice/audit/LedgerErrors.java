package dev.sluice.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Every error that the audit module throws, one method per code. */
public final class LedgerErrors {
    private LedgerErrors() {}

    /** AUD-001: a file of the ledger cannot be read or written. */
    public static LedgerException storage(Path path, Exception cause) {
        return error(
                "AUD-001",
                "ledger file " + path + " cannot be read or written ("
                        + cause.getClass().getSimpleName()
                        + "). Nothing is processed without the ledger. Check free space and rights of that folder,"
                        + " then start again; the batch is replayed.",
                cause);
    }

    /** AUD-002: somebody else writes this ledger. */
    public static LedgerException held(Path directory) {
        return error(
                "AUD-002",
                "ledger " + directory + " is written by another process. One gateway writes a ledger."
                        + " Stop the other one, or choose another --home.",
                null);
    }

    /** AUD-003: the files hold less than what was signed last. */
    public static LedgerException rolledBack(Path directory, long found, long signed) {
        return error(
                "AUD-003",
                "ledger " + directory + " ends at leaf " + found + ", but a head of " + signed + " leaves was signed."
                        + " The folder was rolled back or entries were removed. Writing is refused; put back the newer"
                        + " files, or start a new ledger under another name and keep this one as evidence.",
                null);
    }

    /** AUD-004: the files do not give the root that was signed. */
    public static LedgerException inconsistent(Path directory, String problem) {
        return error(
                "AUD-004",
                "ledger " + directory + " does not match its last signed head: " + problem
                        + ". Writing is refused. Keep the files and run: sluice audit verify",
                null);
    }

    /** AUD-005: there is a signed checkpoint but no memory of the last signed head. */
    public static LedgerException headMissing(Path head, Path checkpoint) {
        return error(
                "AUD-005",
                "last signed head " + head + " is missing although " + checkpoint + " exists, so a rollback could not"
                        + " be noticed. Compare the checkpoint with a copy kept elsewhere, then copy it to that place.",
                null);
    }

    /** AUD-006: the signing key cannot be used. */
    public static LedgerException key(Path file, String problem) {
        return error(
                "AUD-006",
                "ledger key " + file + " cannot be used: " + problem + ". Restore the key file from its backup.",
                null);
    }

    /** AUD-007: a text is not a signed note, a checkpoint or a key. */
    public static LedgerException malformed(String what, String problem) {
        return error("AUD-007", what + " is malformed: " + problem + ".", null);
    }

    /** AUD-008: an entry is larger than an entry bundle can hold. */
    public static LedgerException tooLarge(String what, int bytes, int limit) {
        return error(
                "AUD-008",
                what + " takes " + bytes + " bytes, a ledger entry holds " + limit
                        + ". Write fewer tables or partitions in one batch.",
                null);
    }

    /** AUD-009: the batch is in the ledger with another content. */
    public static LedgerException conflict(String batch, long leaf) {
        return error(
                "AUD-009",
                "batch " + batch + " is recorded in leaf " + leaf + " with another content. A replayed batch must come"
                        + " out the same. Run: sluice audit verify",
                null);
    }

    /** AUD-010: an earlier failure or a close made this ledger unusable. */
    public static LedgerException closed(Path directory) {
        return error(
                "AUD-010",
                "ledger " + directory + " is closed, by request or after a failed write. Start the gateway again.",
                null);
    }

    /** AUD-011: an entry is not an event of this version. */
    public static LedgerException unreadable(String where, String problem) {
        return error("AUD-011", where + " cannot be read as a ledger event: " + problem + ".", null);
    }

    /** AUD-012: no such leaf. */
    public static LedgerException noLeaf(long index, long size) {
        return error("AUD-012", "leaf " + index + " is not in this ledger of " + size + " leaves.", null);
    }

    /** AUD-013: lineage asks for something that the ledger does not hold. */
    public static LedgerException notRecorded(String what) {
        return error(
                "AUD-013",
                what + " is not in the ledger, so its origin cannot be shown. Run: sluice audit verify",
                null);
    }

    /** AUD-013: what a row says of its origin and what the ledger says are not the same. */
    public static LedgerException contradicted(String what, String recorded) {
        return error(
                "AUD-013", what + ", but the ledger says otherwise: " + recorded + ". Run: sluice audit verify", null);
    }

    /** AUD-014: a checkpoint carries no valid signature of a known key. */
    public static LedgerException unsigned(String what, String problem) {
        return error("AUD-014", what + " is not signed as expected: " + problem + ".", null);
    }

    /** AUD-015: a recorded batch does not account for every record. */
    public static LedgerException unaccounted(String where, long in, long sum) {
        return error(
                "AUD-015",
                where + " read " + in + " records and accounts for " + sum + ". Run: sluice audit verify",
                null);
    }

    private static LedgerException error(String code, String message, @Nullable Throwable cause) {
        return new LedgerException(code, message, cause);
    }
}
