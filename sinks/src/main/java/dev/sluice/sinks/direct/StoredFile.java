package dev.sluice.sinks.direct;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.FileStatus;
import java.util.List;
import java.util.Optional;

/**
 * Names a data file of a table.
 *
 * @param action how the log names it
 * @param status where it is
 */
record StoredFile(AddFile action, FileStatus status) {

    /**
     * A data file with its rows in memory.
     *
     * @param file the file
     * @param rows all its rows
     */
    record Loaded(StoredFile file, List<Row> rows) {}

    /** The counts of a column that the log holds, empty when it holds none. */
    Optional<DirectTable.Filled> filled(String column) {
        if (action.getDeletionVector().isPresent()) {
            return Optional.empty();
        }
        return action.getStatsJson().flatMap(stats -> LogLines.filled(stats, column));
    }

    long size() {
        return status.getSize();
    }
}
