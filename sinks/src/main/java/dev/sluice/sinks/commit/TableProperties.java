package dev.sluice.sinks.commit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lists the properties that every table of the lake is created with, so that persons can be erased from the table:
 * statistics of technical columns only, no deletion vectors (which hide a row and leave the row in its file), no change
 * feed, and a short retention: 24 hours for removed files and 48 hours for the log.
 */
public final class TableProperties {

    /** The property that chooses how the names of columns are mapped. */
    public static final String MAPPING = "delta.columnMapping.mode";

    /** The value of {@link #MAPPING} with which a column may have any name. */
    public static final String BY_NAME = "name";

    /** The table feature that a column of timestamps without a zone needs; Delta adds it to no table by itself. */
    public static final String ZONELESS = "delta.feature.timestampNtz";

    /** The value that adds a table feature. */
    public static final String SUPPORTED = "supported";

    private TableProperties() {}

    /**
     * The properties.
     *
     * @param statistics comma-separated columns that statistics are kept of; none may hold personal data
     * @param mapping whether column names need Delta's column mapping
     */
    public static Map<String, String> of(String statistics, boolean mapping) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("delta.dataSkippingStatsColumns", statistics);
        properties.put("delta.enableDeletionVectors", "false");
        properties.put("delta.enableChangeDataFeed", "false");
        properties.put("delta.deletedFileRetentionDuration", "interval 24 hours");
        properties.put("delta.logRetentionDuration", "interval 48 hours");
        properties.put("delta.checkpointInterval", "20");
        if (mapping) {
            properties.put(MAPPING, BY_NAME);
        }
        return properties;
    }
}
