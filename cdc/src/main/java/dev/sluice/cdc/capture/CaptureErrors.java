package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The failures of capture, codes {@code CDC-001} to {@code CDC-059}. */
final class CaptureErrors {
    private static final String AGAIN = " What was committed between cannot be captured any more. Take a new snapshot:"
            + " remove the state folder, the slot and the raw topics of this source, and start again.";

    private CaptureErrors() {}

    static CaptureException badSetting(String key, String rule) {
        return fatal("CDC-001", "Setting " + key + " " + rule + ". Correct it.");
    }

    static CaptureException databaseAway(String address, Throwable cause) {
        return away(
                "CDC-002",
                "The source database " + address + " cannot be asked: " + Causes.sqlState(cause)
                        + ". Check that it runs, its address, and the role's password.",
                cause);
    }

    static CaptureException databaseRefused(String address, Throwable cause) {
        return new CaptureException(
                "CDC-003",
                "The source database " + address + " refused the connection or a query: " + Causes.sqlState(cause)
                        + ". Run capture check; it names the missing right or setting and the statement to run.",
                false,
                cause);
    }

    static CaptureException stateFolder(Path file, String why, @Nullable Throwable cause) {
        return new CaptureException(
                "CDC-004",
                "The capture state " + file + " cannot be used: " + why
                        + ". Restore it from a backup; without it a new snapshot is needed.",
                false,
                cause);
    }

    static CaptureException stateFolderInUse(Path folder) {
        return fatal(
                "CDC-005",
                "The state folder " + folder + " is used by another capture. Two would confirm each other's positions;"
                        + " stop the other one, or give this one its own folder, slot and source name.");
    }

    static CaptureException otherSettings(Path folder, String what, String was, String is) {
        return fatal(
                "CDC-006",
                "The state folder " + folder + " was made for " + what + " " + was + ", the settings say " + is
                        + ". Use the settings of before, or a new state folder and source name.");
    }

    static CaptureException otherServer(String what, String was, String is, Lsn from) {
        return fatal(
                "CDC-010",
                "The source database is not the one captured before: " + what + " was " + was + ", is " + is
                        + ". Positions of one server mean nothing on another; captured up to " + from + "." + AGAIN);
    }

    static CaptureException serverBehind(Lsn from, Lsn to) {
        return fatal(
                "CDC-024",
                "The source database was put back: captured up to " + from + ", but it has written only up to " + to
                        + ". What it commits before it is there again would be skipped." + AGAIN);
    }

    static CaptureException slotMissing(String slot, Lsn from, Lsn to) {
        return fatal(
                "CDC-011",
                "Replication slot " + slot + " is gone. Captured up to " + from + ", the source is at " + to + "."
                        + AGAIN);
    }

    static CaptureException slotRecreated(String slot, Lsn from, Lsn to) {
        return fatal(
                "CDC-012",
                "Replication slot " + slot + " was dropped and created again: it begins at " + to
                        + ", captured is up to " + from + "." + AGAIN);
    }

    static CaptureException slotAdvanced(String slot, Lsn from, Lsn to) {
        return fatal(
                "CDC-013",
                "Replication slot " + slot + " was moved on by another program to " + to + ", captured is up to " + from
                        + ". Find the program that reads this slot." + AGAIN);
    }

    static CaptureException slotLost(String slot, Lsn from) {
        return fatal(
                "CDC-014",
                "The server removed log that replication slot " + slot + " needs (wal_status lost, see"
                        + " max_slot_wal_keep_size). Captured up to " + from + "." + AGAIN);
    }

    static CaptureException slotForeign(String slot, String why) {
        return fatal(
                "CDC-015",
                "Replication slot " + slot + " exists, but " + why + ". Choose another replication.slot, or drop it if"
                        + " nobody needs it: SELECT pg_drop_replication_slot('" + slot + "')");
    }

    static CaptureException slotInUse(String slot, int pid) {
        return new CaptureException(
                "CDC-016",
                "Replication slot " + slot + " is used by process " + pid + " of the server. Stop the other capture;"
                        + " after a crash the server frees the slot by itself within wal_sender_timeout.",
                true,
                null);
    }

    static CaptureException publicationGap(String publication, String what, Lsn from, Lsn to) {
        return fatal(
                "CDC-017",
                "Publication " + publication + " was changed: " + what + ". Changes between " + from + " and " + to
                        + " may be missing." + AGAIN);
    }

    static CaptureException publicationNarrow(String publication, TableName table, String sql) {
        return fatal(
                "CDC-018",
                "Publication " + publication + " does not publish every change of " + table
                        + ". Publish all rows, columns and operations, for example: " + sql);
    }

    static CaptureException tablesChanged(Collection<TableName> was, Collection<TableName> is) {
        return fatal(
                "CDC-019",
                "The captured tables were " + was + ", the settings say " + is + ". Rows of an added table from before"
                        + " now would be missing. Give the new set a source name, slot and state folder of its own.");
    }

    static CaptureException tableMissing(TableName table) {
        return fatal(
                "CDC-020", "Table " + table + " does not exist in the source. Correct source.tables or create it.");
    }

    static CaptureException tableUnfit(TableName table, String kind) {
        return fatal(
                "CDC-021",
                table + " is not an ordinary table (relkind " + kind
                        + "), so its changes would be published under other"
                        + " names or not at all. Name its partitions, or the table beneath.");
    }

    static CaptureException tableKeyless(TableName table) {
        return fatal(
                "CDC-022",
                "Table " + table + " has no primary key or no replica identity. Its updates would belong to no row, and"
                        + " the server would refuse them once the table is published. Add a primary key, or leave the"
                        + " table out.");
    }

    static CaptureException tableKeyedByIndex(TableName table) {
        return fatal(
                "CDC-023",
                "Table " + table + " has REPLICA IDENTITY USING INDEX: rows before a change then hold the columns of"
                        + " that index and nothing else, which cannot be told from nulls. Run: ALTER TABLE "
                        + table.quoted() + " REPLICA IDENTITY FULL");
    }

    static CaptureException topicUnfit(String topic, String why) {
        return fatal(
                "CDC-030",
                "Raw topic " + topic + " exists, but " + why + ". Order and history would be lost; delete the topic if"
                        + " nobody needs it, or choose another source name.");
    }

    static CaptureException topicsNotEmpty(String topic) {
        return fatal(
                "CDC-031",
                "Raw topic " + topic + " already holds records, but the state folder is new. If the folder was lost,"
                        + " restore it; for a new snapshot delete the raw topics and the tables made from them, or"
                        + " choose another source name.");
    }

    static CaptureException brokerAway(String bootstrap, String during, @Nullable Throwable cause) {
        return away(
                "CDC-032",
                "The broker at " + bootstrap + " failed while " + during
                        + ". Nothing was confirmed to the source; check that the broker runs and has space.",
                cause);
    }

    static CaptureException tooLarge(String topic) {
        return fatal(
                "CDC-033",
                "A change for topic " + topic + " is larger than " + RawTopics.MAX_RECORD_BYTES
                        + " bytes. Raise max.message.bytes of the topic and of the broker, or leave the large"
                        + " column out.");
    }

    static CaptureException unencodable(String topic, String path, String why) {
        return fatal(
                "CDC-034",
                "A change for topic " + topic + " cannot be written as Avro at " + path + ": " + why
                        + ". Capture stops rather than leave it out.");
    }

    static CaptureException unnameable(String topic, @Nullable Throwable cause) {
        return new CaptureException(
                "CDC-035",
                "A name in the schema of topic " + topic + " is not an Avro name (letters, digits, underscores)."
                        + " Rename the table or column.",
                false,
                cause);
    }

    static CaptureException unconvertible(String column) {
        return fatal(
                "CDC-037",
                "Column " + column
                        + " holds a value that capture cannot carry: a numeric NaN or infinity, or a large array that"
                        + " an update left unchanged and the log therefore lacks. Capture stops rather than put null"
                        + " in its place. For the array set REPLICA IDENTITY FULL on the table, else correct the"
                        + " value; then leave the table out, or take a new snapshot: the log keeps the old record.");
    }

    static CaptureException offsetNotStored(Path file) {
        return new CaptureException(
                "CDC-036",
                "The position could not be stored in " + file
                        + ". The records are in the raw topics and will be written again; check the folder and"
                        + " free space.",
                true,
                null);
    }

    static CaptureException engine(String why, @Nullable Throwable cause) {
        return away(
                "CDC-040", "The capture engine stopped: " + why + ". It starts again from the stored position.", cause);
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
                        + " s. Nothing unconfirmed is lost; end the process, the next start continues.");
    }

    static CaptureException interrupted(Throwable cause) {
        return away("CDC-043", "Capture was interrupted by a stop. The next start continues.", cause);
    }

    private static CaptureException fatal(String code, String message) {
        return new CaptureException(code, message, false, null);
    }

    private static CaptureException away(String code, String message, @Nullable Throwable cause) {
        return new CaptureException(code, message, true, cause);
    }
}
