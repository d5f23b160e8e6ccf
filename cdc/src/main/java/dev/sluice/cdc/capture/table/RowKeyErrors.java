package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableFacts;
import dev.sluice.cdc.capture.postgres.TableFacts.PrimaryKey;
import dev.sluice.cdc.capture.postgres.TableFacts.UniqueIndex;
import dev.sluice.cdc.capture.postgres.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the failures of a table whose rows cannot be told apart, codes {@code CDC-022}, {@code CDC-023}, {@code
 * CDC-028}, {@code CDC-047} and {@code CDC-130}, each with the statement that mends it.
 */
public final class RowKeyErrors {

    private RowKeyErrors() {}

    /** The key got other columns after that position, or a named column got another name. */
    public static CaptureException keyChanged(TableName table, Lsn from) {
        return new CaptureException(
                "CDC-047",
                "The key of the table " + table + " was changed to other columns after " + from
                        + ", or its columns were renamed or are named by source.keys since. Changes would come under"
                        + " other keys than the rows that are known." + TableErrors.SNAPSHOT,
                false,
                null);
    }

    static CaptureException keyless(TableName table, TableFacts facts, List<String> named) {
        return new CaptureException(
                "CDC-022",
                "The table " + table
                        + " has no primary key or no replica identity. Its updates would belong to no row, and"
                        + " the server would refuse them once the table is published. The table is held. "
                        + choices(table, facts, named),
                false,
                null);
    }

    /**
     * What to do with a table that has no key or no replica identity, with the statements.
     *
     * @param named the columns that the pipeline names as its key; empty when it names none
     */
    public static String choices(TableName table, TableFacts facts, List<String> named) {
        String out = " Or leave the table out.";
        if (!named.isEmpty() || facts.primaryKey() == PrimaryKey.IMMEDIATE) {
            return "Run " + full(table) + "." + out;
        }
        Optional<UniqueIndex> index = facts.fitIndex();
        if (index.isPresent()) {
            return "Run " + usingIndex(table, index.get().name()) + ", which makes its columns "
                    + facts.names(index.get())
                    + " the key. Or name these columns for the table in source.keys, and run "
                    + full(table) + "." + out;
        }
        return "Choose a key: run ALTER TABLE " + table.quoted()
                + " ADD PRIMARY KEY (...). Or make an index over columns"
                + " without null, CREATE UNIQUE INDEX CONCURRENTLY ... ON " + table.quoted() + " (...), and run "
                + usingIndex(table, "...")
                + ". Or name columns with such an index for the table in source.keys, and run "
                + full(table) + "." + out;
    }

    private static String full(TableName table) {
        return "ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL";
    }

    private static String usingIndex(TableName table, String index) {
        return "ALTER TABLE " + table.quoted() + " REPLICA IDENTITY USING INDEX "
                + (index.equals("...") ? index : TableName.quote(index));
    }

    static CaptureException identityOther(TableName table, TableFacts facts, List<String> named) {
        return new CaptureException(
                "CDC-023",
                "The replica identity of the table " + table + " has the columns " + facts.imageOfOld()
                        + ", and its key has " + facts.rowKey(named) + ". Rows before a change then hold the columns of"
                        + " the replica identity only, and the other columns look like nulls. The table is held. Run "
                        + full(table) + ".",
                false,
                null);
    }

    static CaptureException keyDeferrable(TableName table) {
        return new CaptureException(
                "CDC-028",
                "The primary key of the table " + table
                        + " is deferrable. It is no replica identity, so the server would refuse UPDATE and DELETE once"
                        + " the table is published, and rows that swap their keys could not be told apart. The table"
                        + " is held. Make the key again without DEFERRABLE, or leave the table out.",
                false,
                null);
    }

    static CaptureException keyUnfit(TableName table, TableFacts facts, List<String> named) {
        return new CaptureException(
                "CDC-130",
                "The columns " + named + " that source.keys names for the table " + table + " are no key: "
                        + faults(table, facts, named) + " The table is held.",
                false,
                null);
    }

    /** Why the named columns are no key, and what to do; empty when they are one. */
    public static String faults(TableName table, TableFacts facts, List<String> named) {
        List<String> missing =
                named.stream().filter(name -> !facts.names().contains(name)).toList();
        if (!missing.isEmpty()) {
            return "the table has no column " + missing + ". Correct source.keys.";
        }
        List<String> faults = new ArrayList<>();
        List<String> nullable = facts.nullable(named);
        if (!nullable.isEmpty()) {
            faults.add(nullable + " may be null. Run ALTER TABLE " + table.quoted() + " "
                    + nullable.stream()
                            .map(column -> "ALTER COLUMN " + TableName.quote(column) + " SET NOT NULL")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        if (!facts.isUnique(named)) {
            faults.add(
                    "no unique index is over exactly these columns and checked at once, so two rows can have one key."
                            + " Run CREATE UNIQUE INDEX CONCURRENTLY ON " + table.quoted() + " ("
                            + named.stream().map(TableName::quote).collect(Collectors.joining(", ")) + ").");
        }
        return String.join(" And ", faults);
    }
}
