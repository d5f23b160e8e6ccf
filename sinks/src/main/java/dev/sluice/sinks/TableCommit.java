package dev.sluice.sinks;

import java.io.Serializable;
import java.util.List;

/**
 * Describes one commit of one table.
 *
 * @param dataset topic of the dataset, {@code source.schema.table}
 * @param path path of the table below the lake
 * @param version Delta version that holds the batch
 * @param counts what became of the records of the dataset's topic
 * @param planIds plans that treated the rows, sorted
 */
public record TableCommit(String dataset, String path, long version, Counts counts, List<String> planIds)
        implements Serializable {

    public TableCommit {
        planIds = List.copyOf(planIds);
    }
}
