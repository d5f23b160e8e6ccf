package dev.sluice.sinks.direct;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;

/**
 * Decides which tables are read and written without Spark: tables on a local disk, up to a size, whose features this
 * package can write ({@link DirectTable#writable}). Thread-safe.
 *
 * @param conf Hadoop configuration
 * @param largest largest size of the data files of a table, bytes; less than 0 for no table at all
 */
public record DirectAccess(Configuration conf, long largest) {

    /** The table at that location, empty when there is none. */
    public Optional<DirectTable> open(String location) {
        return DirectTable.open(location, conf);
    }

    /** Whether the table can be written without Spark, with columns of that schema. */
    public boolean allowed(String location, Optional<DirectTable> table, StructType schema) {
        if (largest < 0 || !LocalFiles.isLocal(location)) {
            return false;
        }
        return table.map(t -> t.bytes() <= largest && t.writable(schema)).orElse(true);
    }

    /** A commit to that table. */
    public DirectCommit commit(String location, DirectCommit.Columns columns) {
        return new DirectCommit(location, conf, columns);
    }
}
