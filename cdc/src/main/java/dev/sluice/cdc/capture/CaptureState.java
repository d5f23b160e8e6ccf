package dev.sluice.cdc.capture;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableForm;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.RowKeyErrors;
import dev.sluice.cdc.capture.table.SnapshotErrors;
import dev.sluice.cdc.capture.table.TableErrors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds what capture knows about its source beside the offsets, so that a start notices another server, another slot of
 * the same name, a table that left the publication for a while, and a table that is held. Stored as JSON by {@link
 * StateFolder}; {@link #VERSION} grows when the meaning of a field changes.
 *
 * @param version version of this format
 * @param source name of the source
 * @param server the server and database
 * @param slot the slot, without positions until the snapshot's first record
 * @param publication the publication and its tables
 * @param snapshots how many snapshots were begun; more than one means that an earlier one was interrupted
 * @param firstSnapshot where the first snapshot stood; equal to the slot's start unless a snapshot was begun again
 * @param placeholder the secret text that stands for a value which the log does not hold
 */
public record CaptureState(
        int version,
        String source,
        Server server,
        Slot slot,
        Publication publication,
        int snapshots,
        @Nullable String firstSnapshot,
        String placeholder) {

    /** The version that this release writes. */
    public static final int VERSION = 4;

    /**
     * Identifies the server and the database.
     *
     * @param system system identifier
     * @param timeline timeline
     * @param database object id of the database
     */
    public record Server(String system, long timeline, long database) {}

    /**
     * Holds the slot as it was when it was new.
     *
     * @param name slot name
     * @param restart oldest position that it kept; every streamed change lies at or after it
     * @param consistent position from which it streams commits
     */
    public record Slot(String name, @Nullable String restart, @Nullable String consistent) {}

    /**
     * Holds the publication and the tables of the snapshot as they were when the slot was new, and which tables are
     * held since.
     *
     * @param name publication name
     * @param id object id
     * @param revision a text that changes with the settings of the publication, also when they are changed back
     * @param tables what identifies each table of the snapshot
     * @param held the tables that are held, also tables that have no snapshot
     * @param stale since which position a table has rows with values for which the log has no record, by table
     */
    public record Publication(
            String name,
            long id,
            String revision,
            Map<String, TableIdentity> tables,
            Map<String, HeldTable> held,
            Map<String, String> stale) {

        public Publication {
            tables = Map.copyOf(tables);
            held = Map.copyOf(held);
            stale = Map.copyOf(stale);
        }

        /** The same publication with these tables and holds. */
        Publication with(Map<String, TableIdentity> known, Map<String, HeldTable> holds) {
            return new Publication(name, id, revision, known, holds, stale);
        }

        /** The same publication with these stale tables. */
        Publication withStale(Map<String, String> found) {
            return new Publication(name, id, revision, tables, held, found);
        }

        /**
         * This publication, of which no table can be captured, with those of the holds that last when their cause is
         * cured: of the tables with a gap, and of the tables that missed changes before.
         */
        Publication withLasting(Map<String, HeldTable> holds, Set<String> gaps) {
            Map<String, HeldTable> lasting = new HashMap<>(held);
            holds.forEach((table, hold) -> {
                HeldTable before = held.get(table);
                if (gaps.contains(table) || (before != null && before.loss() != Loss.NONE)) {
                    lasting.put(table, hold);
                }
            });
            return with(tables, lasting);
        }

        /**
         * This publication, when a table is captured.
         *
         * @param before the holds before this look
         * @throws CaptureException the cause of a hold that is new since then, else of the newest one
         */
        Publication requireSome(Map<String, HeldTable> before) {
            if (captured().isEmpty()) {
                Comparator<Map.Entry<String, HeldTable>> known =
                        Comparator.comparing(entry -> entry.getValue().equals(before.get(entry.getKey())));
                Comparator<Map.Entry<String, HeldTable>> newest = Comparator.comparing(
                        entry -> Instant.parse(entry.getValue().since()).truncatedTo(ChronoUnit.SECONDS));
                throw held.entrySet().stream()
                        .min(known.thenComparing(newest.reversed()).thenComparing(Map.Entry.comparingByKey()))
                        .orElseThrow()
                        .getValue()
                        .failure();
            }
            return this;
        }

        /** The tables whose changes capture writes, in order. */
        List<TableName> captured() {
            return tables.keySet().stream()
                    .filter(table -> !held.containsKey(table) || held.get(table).loss() == Loss.NONE)
                    .map(TableName::parse)
                    .sorted()
                    .toList();
        }
    }

    /**
     * Identifies a table.
     *
     * @param membership object id of the membership in the publication, 0 when the publication is for all tables
     * @param key numbers of the columns of the key, in the order of the key
     * @param told names of these columns when the engine is told them, because they are not the primary key; else
     *     empty. A record in the log under an older name would come under another key
     * @param form in which form the table is stored
     */
    public record TableIdentity(
            long membership,
            List<Integer> key,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> told,
            TableForm form) {

        /** The name of {@link #told} in the file; releases without such keys wrote none. */
        static final String TOLD = "told";

        public TableIdentity {
            key = List.copyOf(key);
            told = List.copyOf(told);
        }

        /** Why changes of the table may be missing that were made after that position, when the table was as given. */
        Optional<CaptureException> changedSince(
                TableIdentity was, TableName table, CaptureConfig.Replication names, Lsn from) {
            CaptureException failure = null;
            if (form.id() != was.form.id()) {
                failure = TableErrors.madeAgain(table, from);
            } else if (membership != was.membership) {
                failure = TableErrors.leftPublication(table, names.publication(), from);
            } else if (!key.equals(was.key) || !told.equals(was.told)) {
                failure = RowKeyErrors.keyChanged(table, from);
            } else if (!form.naming().equals(was.form.naming())) {
                failure = TableErrors.renamed(table, from);
            } else if (form.renamedSince(was.form).isPresent()) {
                failure = TableErrors.columnRenamed(
                        table, form.renamedSince(was.form).get(), from);
            }
            return Optional.ofNullable(failure);
        }
    }

    /**
     * Says why a table is held.
     *
     * @param code stable code of the cause
     * @param reason the message of the cause, without the code
     * @param since moment since when the table is held
     * @param from position up to which the changes of the table are in its raw topic; null when the table has no
     *     snapshot
     * @param loss what is missing in the raw topic
     */
    public record HeldTable(String code, String reason, String since, @Nullable String from, Loss loss) {

        /** The hold for that failure. A held table keeps its moment, and its position when changes are missing. */
        static HeldTable of(CaptureException failure, Loss loss, @Nullable HeldTable before, @Nullable String from) {
            if (before != null && before.code.equals(failure.code()) && before.loss == loss) {
                return before;
            }
            String since = before == null ? Instant.now().toString() : before.since;
            String position = before == null || before.loss == Loss.NONE ? from : before.from;
            return new HeldTable(failure.code(), failure.text(), since, position, loss);
        }

        /** The cause as a failure. */
        CaptureException failure() {
            return new CaptureException(code, reason, false, null);
        }
    }

    /** Says what is missing in the raw topic of a table that is held. */
    public enum Loss {
        /** Nothing: capture writes every change of the table, and the table is released when its cause is gone. */
        NONE,
        /** The changes since the hold. When the cause is gone, the table needs a snapshot. */
        WHILE_UNFIT,
        /** The changes since the hold. Only a snapshot brings the table back. */
        UNTIL_SNAPSHOT
    }

    /** The same with a table held for that cause until a new snapshot; its changes are captured up to that position. */
    public CaptureState withHeld(TableName table, CaptureException cause, Lsn position) {
        Map<String, HeldTable> held = new HashMap<>(publication.held());
        HeldTable before = held.get(table.toString());
        held.put(table.toString(), HeldTable.of(cause, Loss.UNTIL_SNAPSHOT, before, position.toString()));
        return withPublication(publication.with(publication.tables(), held));
    }

    /** The same with a table that flows again, after a capture of its own has read it anew and left that state. */
    public CaptureState joinedBy(TableName table, CaptureState own) {
        String name = table.toString();
        Map<String, TableIdentity> tables = new HashMap<>(publication.tables());
        tables.put(name, Objects.requireNonNull(own.publication.tables().get(name)));
        Map<String, HeldTable> held = new HashMap<>(publication.held());
        held.remove(name);
        Map<String, String> stale = new HashMap<>(publication.stale());
        stale.remove(name);
        stale.putAll(own.publication.stale());
        return withPublication(publication.with(tables, held).withStale(stale));
    }

    /** The same with another timeline of the server. */
    CaptureState withServer(Server now) {
        return new CaptureState(version, source, now, slot, publication, snapshots, firstSnapshot, placeholder);
    }

    /** Whether the table is held for a snapshot of its own. */
    public boolean readsAnew(TableName table) {
        HeldTable hold = publication.held().get(table.toString());
        return hold != null && hold.code().equals(SnapshotErrors.underWay(table).code());
    }

    /** The tables whose changes capture writes, in order. */
    public List<TableName> capturedTables() {
        return publication.captured();
    }

    /** The tables that have rows with values for which the log has no record, and what to do. */
    public Map<TableName, CaptureException> staleTables() {
        Map<TableName, CaptureException> stale = new TreeMap<>();
        publication.stale().forEach((name, from) -> {
            TableName table = TableName.parse(name);
            stale.put(table, TableErrors.otherRows(table, from));
        });
        return stale;
    }

    /** Whether the slot's first positions are known. */
    boolean slotSeen() {
        return slot.restart() != null;
    }

    /** The same with the positions of the new slot. */
    CaptureState withSlot(Lsn restart, Lsn consistent) {
        String first = firstSnapshot == null ? consistent.toString() : firstSnapshot;
        Slot seen = new Slot(slot.name(), restart.toString(), consistent.toString());
        return new CaptureState(version, source, server, seen, publication, snapshots, first, placeholder);
    }

    /** The same with these tables. */
    CaptureState withPublication(Publication now) {
        return new CaptureState(version, source, server, slot, now, snapshots, firstSnapshot, placeholder);
    }

    /** The same state at the beginning of a further snapshot with a new slot. */
    CaptureState withSnapshotAgain(Server now, Publication published) {
        Slot unseen = new Slot(slot.name(), null, null);
        return new CaptureState(version, source, now, unseen, published, snapshots + 1, firstSnapshot, placeholder);
    }
}
