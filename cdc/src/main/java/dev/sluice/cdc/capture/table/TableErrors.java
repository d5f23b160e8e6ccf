package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.GeneratedColumns;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableFacts;
import dev.sluice.cdc.capture.postgres.TableName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the failures of one table that capture holds, but for those of its key ({@link RowKeyErrors}): codes {@code
 * CDC-019}, {@code CDC-02x}, {@code CDC-038}, {@code CDC-039}, {@code CDC-046}, {@code CDC-048}, {@code CDC-049},
 * {@code CDC-058}, {@code CDC-114} and {@code CDC-125}, and {@code CDC-126} of a selection that names no table.
 */
public final class TableErrors {

    static final String SNAPSHOT =
            " The table is held. Only a new snapshot brings the table back: 'sluice capture snapshot' reads this table"
                    + " anew while the others go on.";

    private TableErrors() {}

    /** The table does not exist. */
    public static CaptureException tableMissing(TableName table) {
        return fatal(
                "CDC-020",
                "The table " + table + " does not exist in the source. Correct source.tables, or create the table.");
    }

    /**
     * The table has no snapshot from which its changes could go on.
     *
     * @param from position after which its changes are missing; null when the table was never captured
     */
    public static CaptureException needsSnapshot(TableName table, @Nullable String from) {
        String missing = from == null
                ? " was not fit, or not named, when the tables were read first, so the rows that it has are missing"
                : " was left out for a while, so changes after " + from + " are missing";
        return fatal("CDC-019", "The table " + table + missing + "." + SNAPSHOT);
    }

    /** A column whose values a change may leave out has another name. */
    public static CaptureException columnRenamed(TableName table, String column, Lsn from) {
        return fatal(
                "CDC-120",
                "The column " + column + " of the table " + table + " got another name after " + from
                        + ". The table has large values that the log leaves out of a change that does not change them;"
                        + " under the new name they were never sent." + SNAPSHOT);
    }

    /** A change of columns gave rows other values without a change of the rows. */
    public static CaptureException otherRows(TableName table, String from) {
        return fatal(
                "CDC-119",
                "A change of columns of the table " + table + " after " + from
                        + " gave rows values for which the log has"
                        + " no record: a default of a new column, or rows that were written anew. The table flows, and"
                        + " such a row shows the values when the row changes. 'sluice capture snapshot' reads the table"
                        + " anew.");
    }

    /** Patterns that match no table, and nothing else is named. */
    public static CaptureException nothingNamed(TableSelection selection) {
        return fatal(
                "CDC-126",
                "No table of the source matches source.tables: " + selection.entries()
                        + ". Nothing was started. Correct the patterns, or create a table that matches. A pattern"
                        + " matches tables by their exact spelling; views, foreign tables, temporary tables,"
                        + " partitions and tables of extensions are left out.");
    }

    /** No raw topic can have the name of the table. */
    public static CaptureException noTopic(TableName table) {
        return fatal(
                "CDC-125",
                "The table " + table + " matches a pattern of source.tables, but a topic has letters from a to z,"
                        + " digits, - and _ only. The table is held. Rename the table or its schema, or leave the"
                        + " table out with an entry that begins with an exclamation mark.");
    }

    /** The raw topic of another table has a name that the broker takes for that of this table. */
    public static CaptureException topicTaken(TableName table, TableName other) {
        return fatal(
                "CDC-127",
                "The table " + table + " cannot have a raw topic beside that of the table " + other
                        + ", because a broker takes names that differ in points and underscores only for one. The"
                        + " table is held. Rename the table or its schema, or leave one of the two tables out.");
    }

    /** The publication published less of the table for a while. */
    public static CaptureException leftPublication(TableName table, String publication, Lsn from) {
        return fatal(
                "CDC-048",
                "The table " + table + " left the publication " + publication + " after " + from
                        + " and came back. Changes in between may be missing." + SNAPSHOT);
    }

    /** Another table of the same name took the place of the table after that position. */
    public static CaptureException madeAgain(TableName table, Lsn from) {
        return fatal(
                "CDC-039",
                "The table " + table + " was dropped or renamed after " + from + ", and another table has its name."
                        + " Rows that the other table had are not captured." + SNAPSHOT);
    }

    /** The table may have had another name after that position. */
    public static CaptureException renamed(TableName table, Lsn from) {
        return fatal(
                "CDC-058",
                "The table " + table + " was renamed, moved or given another owner after " + from
                        + ", and has its name again. Changes that were made under another name may be missing."
                        + SNAPSHOT);
    }

    /**
     * The failure for that obstacle of a table.
     *
     * @param named the columns that the pipeline names as its key; empty when it names none
     */
    static CaptureException refused(
            TableObstacle obstacle, TableName table, TableFacts facts, GeneratedColumns log, List<String> named) {
        return switch (obstacle) {
            case NOT_ORDINARY -> unfit(table, facts.kind());
            case UNLOGGED -> unlogged(table);
            case INHERITED -> inherited(table);
            case ROWS_HIDDEN -> rowsHidden(table);
            case COLUMNS_ALIKE -> columnsAlike(table, facts.alike());
            case COLUMNS_IN_QUOTES -> columnsInQuotes(table, facts.inQuotes());
            case UNREADABLE -> unreadable(table);
            case KEYLESS, IDENTITY_NOTHING -> RowKeyErrors.keyless(table, facts, named);
            case KEY_UNFIT -> RowKeyErrors.keyUnfit(table, facts, named);
            case KEY_DEFERRABLE -> RowKeyErrors.keyDeferrable(table);
            case IDENTITY_OTHER -> RowKeyErrors.identityOther(table, facts, named);
            case IDENTITY_GENERATED -> identityGenerated(table, facts.identityMissingIn(log, named));
        };
    }

    private static CaptureException unfit(TableName table, String kind) {
        return fatal(
                "CDC-021",
                "The relation " + table + " is not an ordinary table (relkind " + kind
                        + "), so the server would publish its changes under other names or not at all. Name its"
                        + " partitions, or the tables that it reads from.");
    }

    private static CaptureException unlogged(TableName table) {
        return fatal(
                "CDC-025",
                "The table " + table + " is unlogged or temporary, so its changes are not in the log. The table"
                        + " is held. Run ALTER TABLE " + table.quoted() + " SET LOGGED, or leave the table out.");
    }

    private static CaptureException inherited(TableName table) {
        return fatal(
                "CDC-026",
                "Other tables inherit from " + table
                        + ". A snapshot would read their rows as rows of this table, and their changes never come under"
                        + " its name. The table is held. Name the tables that inherit in source.tables instead.");
    }

    private static CaptureException identityGenerated(TableName table, Collection<String> columns) {
        return fatal(
                "CDC-027",
                "The replica identity of the table " + table + " has generated columns that are not published: "
                        + columns + ". The server would refuse every UPDATE and DELETE on the table. The table"
                        + " is held. Publish stored columns with ALTER PUBLICATION ... SET (publish_generated_columns ="
                        + " stored); for virtual ones run ALTER TABLE " + table.quoted()
                        + " REPLICA IDENTITY DEFAULT.");
    }

    private static CaptureException columnsAlike(TableName table, Collection<String> columns) {
        return fatal(
                "CDC-046",
                "The table " + table + " has columns that differ from others in upper and lower case only: " + columns
                        + ". Debezium takes them for one column and cannot read the table. The table is held. Rename"
                        + " one of them, or leave the table out.");
    }

    private static CaptureException columnsInQuotes(TableName table, Collection<String> columns) {
        return fatal(
                "CDC-114",
                "The table " + table + " has columns with quotation marks around their names: " + columns
                        + ". Debezium takes the marks off when it reads a change, so the values of a change would be"
                        + " missing. The table is held. Rename the columns, or leave the table out.");
    }

    private static CaptureException rowsHidden(TableName table) {
        return fatal(
                "CDC-038",
                "Row-level security hides rows of the table " + table
                        + " from the role that captures, so the snapshot would miss rows without an error. The table"
                        + " is held. Run ALTER ROLE ... BYPASSRLS for that role, or leave the table out.");
    }

    private static CaptureException unreadable(TableName table) {
        return fatal(
                "CDC-049",
                "The role that captures may not read the table " + table
                        + ". Run GRANT USAGE on the schema and GRANT SELECT on the table for that role, or leave the"
                        + " table out.");
    }

    private static CaptureException fatal(String code, String message) {
        return new CaptureException(code, message, false, null);
    }
}
