package dev.sluice.cdc.capture.postgres;

import java.util.List;

/**
 * Names the columns of a table whose values the engine has to read in a way of their own.
 *
 * @param notInLog columns that a snapshot would read and that no logged change holds
 * @param dates columns that hold days, also through a domain
 * @param nested columns that are declared as arrays of several dimensions
 * @param labels each column of an enumeration with a tab and the labels, commas between them
 * @param key columns of the key in order, when the engine would not find them as the primary key; else empty
 */
public record ValueColumns(
        List<String> notInLog, List<String> dates, List<String> nested, List<String> labels, List<String> key) {

    /** SQL for the label text of a column {@code a}, null when the column holds no enumeration. */
    static final String LABELS = "(SELECT a.attname || chr(9) || string_agg(e.enumlabel, ',' ORDER BY"
            + " e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = a.atttypid)";

    public ValueColumns {
        notInLog = List.copyOf(notInLog);
        dates = List.copyOf(dates);
        nested = List.copyOf(nested);
        labels = List.copyOf(labels);
        key = List.copyOf(key);
    }
}
