package dev.sluice.masking.error;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exceptions of this module, one method for each code. A message says what is wrong, where, why and what to
 * do, and never holds a data value or a key. The code {@code MSK-009} is not in use.
 */
public final class ProtectionErrors {

    private ProtectionErrors() {}

    /** MSK-001: a secret file or folder can be reached by others. */
    public static ProtectionException tooOpen(Path path, String found, String octal) {
        return new ProtectionException(
                "MSK-001",
                "The mode of " + path + " is " + found + ", so others on this machine can reach the keys. Check who"
                        + " read the path, then run: chmod " + octal + " " + path,
                null);
    }

    /** MSK-002: a secret file or folder cannot be made, read or written. */
    public static ProtectionException inaccessible(Path path, String attempted, Throwable cause) {
        return new ProtectionException(
                "MSK-002",
                "The gateway cannot " + attempted + " " + path + " ("
                        + cause.getClass().getSimpleName() + "). Put the"
                        + " path on a local POSIX file system and make this user its owner.",
                cause);
    }

    /** MSK-003: the key store does not open. */
    public static ProtectionException storeDoesNotOpen(Path store, Throwable cause) {
        return new ProtectionException(
                "MSK-003",
                "The key store " + store + " does not open with its password file. One of the two files is damaged or"
                        + " belongs to another installation, and no record is processed until both fit. Restore both"
                        + " files from the same backup.",
                cause);
    }

    /** MSK-004: the key store lacks a key. */
    public static ProtectionException keyMissing(Path store, String alias) {
        return new ProtectionException(
                "MSK-004",
                "The key store " + store + " has no usable key " + alias + " of 256 bits. The gateway makes no new"
                        + " key, because a new key would make stored tokens unreadable. Restore the key store from its"
                        + " backup.",
                null);
    }

    /** MSK-005: the key store exists and its password file is missing. */
    public static ProtectionException passwordMissing(Path store, Path password) {
        return new ProtectionException(
                "MSK-005",
                "The key store " + store + " exists, but its password file " + password + " is missing. Restore the"
                        + " password file from the backup of the same installation.",
                null);
    }

    /** MSK-006: a statement on the control database failed. */
    public static ProtectionException controlDatabase(Path file, String attempted, Throwable cause) {
        return new ProtectionException(
                "MSK-006",
                "The control database " + file + " failed to " + attempted + " ("
                        + cause.getClass().getSimpleName()
                        + "). Nothing was acknowledged. Check the disk space, and that no other program holds a lock"
                        + " on the file.",
                cause);
    }

    /** MSK-007: control database and key store do not belong together. */
    public static ProtectionException foreignKeys(String alias) {
        return new ProtectionException(
                "MSK-007",
                "The control database was written with another key " + alias + " than the one in the key store. With"
                        + " this key store the keys of the people in the database cannot be read. Restore the key"
                        + " store and the control database from the same backup.",
                null);
    }

    /** MSK-008: a plan names a treatment that cannot be carried out. */
    public static ProtectionException badTreatment(String field, List<String> problems) {
        return new ProtectionException(
                "MSK-008",
                "The treatment of " + field + " cannot be carried out: " + String.join("; ", problems) + ". The"
                        + " dataset is held. Correct the rule; the command 'sluice policy plan' shows the rule.",
                null);
    }

    /** MSK-010: the stored key of a person does not unwrap. */
    public static ProtectionException damagedSubjectKey(String pseudonym) {
        return new ProtectionException(
                "MSK-010",
                "The stored key of person " + pseudonym + " does not unwrap, so the control database is damaged. The"
                        + " gateway makes no new key in its place. Restore the control database from its backup.",
                null);
    }

    /** MSK-011: an erasure case cannot change to the wanted state. */
    public static ProtectionException illegalCaseStep(String caseId, String attempted) {
        return new ProtectionException(
                "MSK-011",
                "The erasure case " + caseId + " cannot " + attempted + ". Another process changed the state of the"
                        + " case, or the steps are out of order. See the state with: sluice erasure status " + caseId,
                null);
    }

    /** MSK-012: a dead letter does not open. */
    public static ProtectionException unreadableDeadLetter(String coordinates) {
        return new ProtectionException(
                "MSK-012",
                "The dead letter of " + coordinates + " does not open. The dead letter was changed, moved to other"
                        + " coordinates, or sealed under another key store. Open it with the key store of the"
                        + " installation that wrote the dead letter.",
                null);
    }

    /** MSK-013: the Java platform lacks an algorithm that every Java platform must have. */
    public static ProtectionException noSuchAlgorithm(Throwable cause) {
        return new ProtectionException(
                "MSK-013",
                "This Java platform refuses AES-256-GCM, HMAC-SHA-256 or PKCS#12. Use an unrestricted JDK 17 or later.",
                cause);
    }

    /** MSK-014: the stored evidence of an erasure case is not of a form that this version knows. */
    public static ProtectionException unknownErasureSteps(String caseId, String problem) {
        return new ProtectionException(
                "MSK-014",
                "The control database holds evidence of erasure case " + caseId + " that cannot be read: " + problem
                        + ". A newer version wrote it, or the database is damaged. Use the version that wrote it, or"
                        + " restore the control database from its backup.",
                null);
    }

    /** MSK-015: the control database that a question is about does not exist. */
    public static ProtectionException controlDatabaseMissing(Path file) {
        return controlDatabaseMissing(file, null);
    }

    /** MSK-015 with the cause. */
    public static ProtectionException controlDatabaseMissing(Path file, @Nullable Throwable cause) {
        return new ProtectionException(
                "MSK-015",
                "The control database " + file + " does not exist, so there is nothing to answer from. Check that the"
                        + " folder is the home of a gateway; the first start of the gateway makes the database.",
                cause);
    }

    /** MSK-016: the control database has tables of another version of the program. */
    public static ProtectionException controlSchema(Path file, int found, int known) {
        return new ProtectionException(
                "MSK-016",
                "The control database " + file + " has tables of version " + found + ", but this program reads version "
                        + known + " and a question changes nothing. "
                        + (found > known
                                ? "Use the version of the program that wrote the database."
                                : "Start the gateway once with this program: the start brings the tables up to date."),
                null);
    }

    /** MSK-017: the control database cannot be read without writing now. */
    public static ProtectionException controlDatabaseUnsettled(Path file) {
        return new ProtectionException(
                "MSK-017",
                "The control database " + file + " could not be read without writing into its folder: it kept"
                        + " changing, or its write-ahead log (-wal) has no index (-shm). Ask again; if that does not"
                        + " help, start the gateway once, which completes the database.",
                null);
    }
}
