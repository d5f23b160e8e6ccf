package dev.sluice.cdc.capture.postgres;

import java.util.List;

/**
 * Names the columns of a table whose values the engine has to read in a way of their own.
 *
 * @param notInLog columns that a snapshot would read and that no logged change holds
 * @param dates columns that hold days, also through a domain
 * @param nested columns that are declared as arrays of several dimensions
 */
public record ValueColumns(List<String> notInLog, List<String> dates, List<String> nested) {

    public ValueColumns {
        notInLog = List.copyOf(notInLog);
        dates = List.copyOf(dates);
        nested = List.copyOf(nested);
    }
}
