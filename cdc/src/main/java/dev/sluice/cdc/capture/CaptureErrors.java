package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.postgres.UnlabeledType;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Makes the failures of capture, codes {@code CDC-001} to {@code CDC-059}. */
public final class CaptureErrors {
    private static final String AGAIN =
            " Changes that were committed between the two positions cannot be captured any more."
                    + " Begin the capture anew with 'sluice capture reset': the next start reads the tables again, and"
                    + " the history stays.";

    private CaptureErrors() {}

    static CaptureException badSetting(String key, String rule) {
        return fatal("CDC-001", "The setting " + key + " " + rule + ". Correct it.");
    }

    static CaptureException databaseAway(String address, Throwable cause) {
        return away(
                "CDC-002",
                "The source database " + address + " does not answer: " + Causes.sqlState(cause)
                        + ". Check that the database runs, its address, and the password of the role.",
                cause);
    }

    static CaptureException databaseRefused(String address, Throwable cause) {
        return new CaptureException(
                "CDC-003",
                "The source database " + address + " refused the connection or a query: " + Causes.sqlState(cause)
                        + ". Run sluice capture check; it names the missing right or setting and the statement to run.",
                false,
                cause);
    }

    static CaptureException serverUnproven(String address, String why, Throwable cause) {
        return new CaptureException(
                "CDC-050",
                "The source database " + address + " did not prove its identity: " + why
                        + ". Nothing was sent, not even the password. Correct source.url, or name the certificate of"
                        + " its authority in source.tls.root-certificate.",
                false,
                cause);
    }

    static CaptureException stateFolder(Path file, String why, @Nullable Throwable cause) {
        return new CaptureException(
                "CDC-004",
                "The capture state " + file + " cannot be used: " + why
                        + ". Restore it from a backup; without it, begin the capture anew with 'sluice capture reset'.",
                false,
                cause);
    }

    static CaptureException stateFolderInUse(Path folder) {
        return fatal(
                "CDC-005",
                "The state folder " + folder + " is used by another capture. Two captures would confirm each other's"
                        + " positions. Stop the other one, or give this one a home (--home), a source.slot and a name"
                        + " of its own.");
    }

    static CaptureException otherSettings(Path folder, String what, String was, String is) {
        return fatal(
                "CDC-006",
                "The state folder " + folder + " was made for " + what + " " + was + ", but the settings say " + is
                        + ". Restore the earlier settings, or choose a new home (--home) and another name.");
    }

    static CaptureException slotMissing(String slot, Lsn from, Lsn to) {
        return fatal(
                "CDC-011",
                "The replication slot " + slot + " does not exist any more. Capture has confirmed changes up to " + from
                        + "; the source is at " + to + "."
                        + AGAIN);
    }

    static CaptureException slotRecreated(String slot, Lsn from, Lsn to) {
        return fatal(
                "CDC-012",
                "The replication slot " + slot + " was dropped and created again: it begins at " + to
                        + ", but capture has confirmed changes only up to " + from + "." + AGAIN);
    }

    static CaptureException slotAdvanced(String slot, Lsn from, Lsn to) {
        return fatal(
                "CDC-013",
                "Another program moved the replication slot " + slot + " on to " + to
                        + ", but capture has confirmed changes only up to " + from
                        + ". Find the program that reads this slot." + AGAIN);
    }

    static CaptureException slotLost(String slot, Lsn from) {
        return fatal(
                "CDC-014",
                "The server removed log that replication slot " + slot + " needs (wal_status lost, see"
                        + " max_slot_wal_keep_size). Capture has confirmed changes up to " + from + "." + AGAIN);
    }

    static CaptureException slotForeign(String slot, String why) {
        return fatal(
                "CDC-015",
                "The replication slot " + slot + " exists, but " + why
                        + ". Choose another source.slot, or drop the"
                        + " slot if no program needs it: SELECT pg_drop_replication_slot('" + slot + "').");
    }

    static CaptureException slotInUse(String slot, int pid) {
        return new CaptureException(
                "CDC-016",
                "The process " + pid + " of the server uses the replication slot " + slot
                        + ". Stop the other capture; after a crash the server frees the slot within"
                        + " wal_sender_timeout.",
                true,
                null);
    }

    /** A capture that was running waits until the type is gone; a first start ends with the message. */
    static CaptureException unlabeledType(UnlabeledType type, boolean waits) {
        return new CaptureException("CDC-115", type.fault() + " Run in the database: " + type.fix() + ".", waits, null);
    }

    static CaptureException publicationGap(String publication, String what, Lsn from, Lsn to) {
        return fatal(
                "CDC-017",
                "The publication " + publication + " was changed: " + what + ". Changes between " + from + " and " + to
                        + " may be missing." + AGAIN);
    }

    static CaptureException publicationChanged(String publication, Lsn from) {
        return fatal(
                "CDC-045",
                "The publication " + publication + " was changed while capture ran. Changes after " + from
                        + " may be missing, also when the change was taken back. Nothing was confirmed after that."
                        + " Begin the capture anew with 'sluice capture reset': the next start reads the tables again,"
                        + " and the history stays.");
    }

    static CaptureException publicationMissing(String publication) {
        return fatal(
                "CDC-044",
                "The publication " + publication + " does not exist any more. Nothing was confirmed after the drop."
                        + " Changes from then on cannot be captured: begin the capture anew with 'sluice capture"
                        + " reset'.");
    }

    static CaptureException publicationNarrow(String publication, String table, String sql) {
        return fatal(
                "CDC-018",
                "The publication " + publication + " does not publish every change of " + table
                        + ". Publish all rows, columns and operations, for example: " + sql + ".");
    }

    static CaptureException rewritten(TableName table) {
        return away(
                "CDC-029",
                "The table " + table
                        + " was written anew by a change of its columns, or published in another way, while"
                        + " the snapshot was read, so the snapshot may miss rows of the table. The snapshot begins"
                        + " again. Change columns and publication before or after a snapshot.",
                null);
    }

    static CaptureException topicUnfit(String topic, String why) {
        return fatal(
                "CDC-030",
                "The raw topic " + topic + " exists, but " + why
                        + ". Order or history of the changes would be lost. Delete the"
                        + " topic if no program needs it, or choose another source name.");
    }

    static CaptureException topicsNotEmpty(String topic) {
        return fatal(
                "CDC-031",
                "The raw topic " + topic
                        + " already holds records, but the state folder is new. If the folder was lost,"
                        + " restore the folder, or begin the capture anew with 'sluice capture reset'. If another"
                        + " program writes the topic, choose another source name.");
    }

    static CaptureException brokerAway(String bootstrap, String during, @Nullable Throwable cause) {
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return away(
                    "CDC-055",
                    "The broker at " + bootstrap + " refused capture while " + during + ", or did not prove its"
                            + " identity (" + cause.getClass().getSimpleName()
                            + "). Nothing was confirmed to the source. Check transport.security and the rights of its"
                            + " account.",
                    cause);
        }
        return away(
                "CDC-032",
                "The broker at " + bootstrap + " failed while " + during
                        + ". Nothing was confirmed to the source. Check that the broker runs and has free space.",
                cause);
    }

    static CaptureException tooLarge(String topic, CaptureConfig.TopicSettings topics, Throwable cause) {
        return new CaptureException(
                        "CDC-033",
                        "A change for topic " + topic + " is larger than " + topics.maxRecordBytes()
                                + " bytes, so the broker does not take the change. The table is held. Raise"
                                + " transport.topics.max-record, and max.message.bytes of a topic that exists, or leave"
                                + " the table out.",
                        false,
                        cause)
                .ofDataset(topic);
    }

    static CaptureException unconvertible(String column) {
        return fatal(
                "CDC-037",
                "The column " + column
                        + " holds a value that the engine or the database driver does not read exactly. The table is"
                        + " held, because capture would write another value in its place otherwise. Correct the"
                        + " value, or change the type of the column to text. Then begin the capture anew with 'sluice"
                        + " capture reset', because the log keeps the old record, or leave the table out.");
    }

    static CaptureException offsetNotStored(Path file) {
        return new CaptureException(
                "CDC-036",
                "The position could not be stored in " + file
                        + ". The records are in the raw topics, and capture writes them again. Check the folder"
                        + " and the free space.",
                true,
                null);
    }

    static CaptureException engine(String why, @Nullable Throwable cause) {
        return away(
                "CDC-040",
                "The capture engine stopped: " + why + ". Capture starts it again from the stored position.",
                cause);
    }

    static CaptureException gaveUp(int attempts, CaptureException last) {
        return new CaptureException(
                "CDC-041",
                "Capture gave up after " + attempts + " starts without progress. The last failure: "
                        + last.getMessage(),
                false,
                last);
    }

    static CaptureException slowStop(Duration waited) {
        return fatal(
                "CDC-042",
                "Capture did not stop within " + waited.toSeconds()
                        + " s. No change is lost. End the process; the next start continues.");
    }

    public static CaptureException interrupted(Throwable cause) {
        return away("CDC-043", "A stop interrupted capture. The next start continues.", cause);
    }

    static CaptureException broken(Error cause) {
        boolean memory = cause instanceof OutOfMemoryError;
        return memory
                ? new CaptureException(
                        "CDC-052",
                        "The process had not enough memory to capture. Nothing after the stored position was confirmed."
                                + " Give Java more memory, for example with SLUICE_JAVA_OPTS=-Xmx2g. Rows that are"
                                + " many megabytes wide need the most.",
                        false,
                        cause)
                : new CaptureException(
                        "CDC-056",
                        "The Java machine failed while it captured: "
                                + cause.getClass().getSimpleName()
                                + ". Nothing after the stored position was confirmed. Start again; if the failure comes"
                                + " again, report it.",
                        false,
                        cause);
    }

    private static CaptureException fatal(String code, String message) {
        return new CaptureException(code, message, false, null);
    }

    private static CaptureException away(String code, String message, @Nullable Throwable cause) {
        return new CaptureException(code, message, true, cause);
    }
}
