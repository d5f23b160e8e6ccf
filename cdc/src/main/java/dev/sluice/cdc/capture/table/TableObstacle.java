package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.capture.postgres.GeneratedColumns;
import dev.sluice.cdc.capture.postgres.TableFacts;
import dev.sluice.cdc.capture.postgres.TableFacts.PrimaryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lists why a table must not be captured as it is: capture would lose changes or rows of it, or publishing it would
 * make statements of the application fail. The check for people and the gate of every start share these rules.
 */
public enum TableObstacle {
    /** It is no ordinary table. */
    NOT_ORDINARY,
    /** Its changes are not in the log. */
    UNLOGGED,
    /** Reading it also reads tables that inherit from it, whose changes are logged under their own names. */
    INHERITED,
    /** The role may not read it. */
    UNREADABLE,
    /** Row-level security hides rows from the role that reads the snapshot, but not from the log. */
    ROWS_HIDDEN,
    /** Columns of it differ in upper and lower case only, and the engine takes them for one. */
    COLUMNS_ALIKE,
    /** Columns of it have quotation marks around their names, which the engine takes off in the stream only. */
    COLUMNS_IN_QUOTES,
    /** It has no key: no primary key, no index as replica identity, and the pipeline names none. */
    KEYLESS,
    /** The columns that the pipeline names as its key do not tell its rows apart. */
    KEY_UNFIT,
    /** Its primary key is deferrable: rows may share a key for a while, and the key is no replica identity. */
    KEY_DEFERRABLE,
    /** It has no replica identity. */
    IDENTITY_NOTHING,
    /** Its replica identity has other columns than its key. */
    IDENTITY_OTHER,
    /** Its replica identity has generated columns that are not published. */
    IDENTITY_GENERATED;

    /** Whether it only makes a snapshot wrong: the log holds every change of such a table. */
    public boolean isOfSnapshot() {
        return this == INHERITED || this == UNREADABLE || this == ROWS_HIDDEN;
    }

    /**
     * Whether changes that are made meanwhile are not in the log, or not whole. For any other obstacle of a streamed
     * table the log holds every change that the server accepts.
     */
    public boolean leavesGap() {
        return this == NOT_ORDINARY || this == UNLOGGED || this == KEY_UNFIT || this == IDENTITY_OTHER;
    }

    /**
     * Every obstacle of a table, most severe first; a relation that is no ordinary table has no other.
     *
     * @param named the columns that the pipeline names as its key; empty when it names none
     */
    public static List<TableObstacle> of(TableFacts facts, GeneratedColumns log, List<String> named) {
        if (!facts.kind().equals("r")) {
            return List.of(NOT_ORDINARY);
        }
        List<TableObstacle> obstacles = new ArrayList<>();
        add(obstacles, UNLOGGED, !facts.rows().logged());
        add(obstacles, INHERITED, facts.rows().inherited());
        add(obstacles, UNREADABLE, !facts.rows().readable());
        add(obstacles, ROWS_HIDDEN, facts.rows().filtered());
        add(obstacles, COLUMNS_ALIKE, !facts.alike().isEmpty());
        add(obstacles, COLUMNS_IN_QUOTES, !facts.inQuotes().isEmpty());
        ofKey(obstacles, facts, named);
        add(obstacles, IDENTITY_GENERATED, !facts.identityMissingIn(log, named).isEmpty());
        return obstacles;
    }

    private static void ofKey(List<TableObstacle> obstacles, TableFacts facts, List<String> named) {
        Set<String> key = Set.copyOf(facts.rowKey(named));
        Set<String> image = Set.copyOf(facts.imageOfOld());
        boolean deferrable = facts.primaryKey() == PrimaryKey.DEFERRABLE
                && facts.toldKey(named).isEmpty();
        add(obstacles, KEYLESS, key.isEmpty());
        add(obstacles, KEY_DEFERRABLE, deferrable);
        add(obstacles, KEY_UNFIT, !named.isEmpty() && !isKey(facts, named));
        add(obstacles, IDENTITY_NOTHING, image.isEmpty() && !deferrable && !key.isEmpty());
        boolean whole = facts.identity().equals("f");
        add(obstacles, IDENTITY_OTHER, !whole && !image.isEmpty() && !image.equals(key) && !key.isEmpty());
    }

    private static boolean isKey(TableFacts facts, List<String> named) {
        return facts.names().containsAll(named) && facts.nullable(named).isEmpty() && facts.isUnique(named);
    }

    private static void add(List<TableObstacle> obstacles, TableObstacle obstacle, boolean there) {
        if (there) {
            obstacles.add(obstacle);
        }
    }
}
