package dev.sluice.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes every exception that the audit module throws; one method for each kind of failure. */
public final class LedgerErrors {
    private static final String VERIFY = " Run sluice audit verify.";

    private LedgerErrors() {}

    /** AUD-001: a file of the ledger cannot be read or written. */
    public static LedgerException storage(Path path, Exception cause) {
        return error(
                "AUD-001",
                "The ledger file " + path + " cannot be read or written ("
                        + cause.getClass().getSimpleName()
                        + "). The gateway processes nothing without its ledger. Check the free space and the rights of"
                        + " the folder, then start again; the gateway replays the batch.",
                cause);
    }

    /** AUD-002: another process writes this ledger. */
    public static LedgerException held(Path directory) {
        return error(
                "AUD-002",
                "Another process writes the ledger " + directory + ", and only one may. Stop the other gateway, or"
                        + " choose another folder with --home.",
                null);
    }

    /** AUD-003: the files hold fewer leaves than the last signed head. */
    public static LedgerException rolledBack(Path directory, long found, long signed) {
        return error(
                "AUD-003",
                "The ledger " + directory + " ends at leaf " + found + ", but its key signed a head of " + signed
                        + " leaves. The folder was rolled back, or entries were removed. The gateway refuses to write."
                        + " Restore the newer files, or start a new ledger in another folder and keep this one as"
                        + " evidence.",
                null);
    }

    /**
     * AUD-004: the files do not give the root that was signed.
     *
     * @param problem what differs, as a sentence
     */
    public static LedgerException inconsistent(Path directory, String problem) {
        return error(
                "AUD-004",
                "The ledger " + directory + " does not match its last signed head. " + problem
                        + " The gateway refuses to write. Keep the files as evidence." + VERIFY,
                null);
    }

    /** AUD-005: there is a checkpoint, but the last signed head is missing. */
    public static LedgerException headMissing(Path head, Path checkpoint) {
        return error(
                "AUD-005",
                "The last signed head " + head + " is missing although the checkpoint " + checkpoint
                        + " exists, so the gateway cannot notice a rollback. Compare the checkpoint with a copy that"
                        + " was kept elsewhere; when the two are equal, copy the checkpoint to the path of the head.",
                null);
    }

    /** AUD-006: the signing key cannot be used. */
    public static LedgerException key(Path file, String problem) {
        return key(file, problem, null);
    }

    /** AUD-006 with the cause. */
    public static LedgerException key(Path file, String problem, @Nullable Exception cause) {
        return error(
                "AUD-006",
                "The ledger key " + file + " cannot be used: " + problem
                        + ". The gateway cannot sign. Restore the key file from its backup.",
                cause);
    }

    /** AUD-007: a text is not a signed note, a checkpoint or a key. */
    public static LedgerException malformed(String what, String problem) {
        return malformed(what, problem, null);
    }

    /** AUD-007 with the cause. */
    public static LedgerException malformed(String what, String problem, @Nullable Exception cause) {
        return error(
                "AUD-007",
                "The " + what + " is malformed: " + problem + ". Use the file as the gateway wrote it.",
                cause);
    }

    /** AUD-008: an entry is larger than an entry bundle can hold. */
    public static LedgerException tooLarge(int bytes, int limit) {
        return error(
                "AUD-008",
                "A ledger entry has " + bytes + " bytes, but an entry bundle holds at most " + limit
                        + " bytes for each entry, so the event cannot be recorded. Let the pipeline carry fewer tables"
                        + " or partitions, or shorten the parameters of the treatments.",
                null);
    }

    /** AUD-009: the ledger holds the batch with another content. */
    public static LedgerException conflict(String batch, long leaf) {
        return error(
                "AUD-009",
                "Leaf " + leaf + " records batch " + batch + " with another content. A replayed batch must give the"
                        + " same receipt, so the gateway refuses to record this one." + VERIFY,
                null);
    }

    /** AUD-010: an earlier failure or a close made this ledger unusable. */
    public static LedgerException closed(Path directory) {
        return error(
                "AUD-010",
                "The ledger " + directory + " is closed, on request or after a failed write. Start the gateway again.",
                null);
    }

    /** AUD-011: an entry is not an event that this release can read. */
    public static LedgerException unreadable(String where, String problem) {
        return unreadable(where, problem, null);
    }

    /** AUD-011 with the cause. */
    public static LedgerException unreadable(String where, String problem, @Nullable Exception cause) {
        return error(
                "AUD-011",
                "The entry (" + where + ") cannot be read as a ledger event: " + problem
                        + ". Use the release that wrote the ledger, and keep the ledger as evidence.",
                cause);
    }

    /** AUD-012: the ledger has no leaf of that number. */
    public static LedgerException noLeaf(long index, long size) {
        return error(
                "AUD-012",
                "There is no leaf " + index + ": the ledger has " + size
                        + " leaves, numbered from 0. Name a leaf of the ledger.",
                null);
    }

    /** AUD-013: lineage needs something that the ledger does not hold. */
    public static LedgerException notRecorded(String what) {
        return error(
                "AUD-013",
                "The " + what + " is not in the ledger, so lineage cannot show the origin of the row." + VERIFY,
                null);
    }

    /** AUD-013: a row and the ledger disagree on the origin of the row. */
    public static LedgerException contradicted(String claim, String recorded) {
        return error(
                "AUD-013",
                "The row names " + claim + ", but the ledger contradicts the row: " + recorded + "." + VERIFY,
                null);
    }

    /** AUD-014: a checkpoint carries no valid signature of a known key. */
    public static LedgerException unsigned(String what, String problem) {
        return error(
                "AUD-014",
                "The " + what + " is not signed as expected: " + problem
                        + ". Check that the file and the verifier key belong to the same ledger.",
                null);
    }

    /** AUD-015: a recorded batch does not account for every record. */
    public static LedgerException unaccounted(String where, long in, long sum) {
        return error(
                "AUD-015",
                "A recorded batch (" + where + ") read " + in + " records and accounts for " + sum
                        + ". Keep the ledger as evidence.",
                null);
    }

    private static LedgerException error(String code, String message, @Nullable Throwable cause) {
        return new LedgerException(code, message, cause);
    }
}
