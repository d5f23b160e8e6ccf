package dev.sluice.sinks;

import dev.sluice.cdc.event.RawRecord;
import dev.sluice.masking.Guarded;
import java.io.Serializable;
import java.util.List;

/**
 * Runs the stages before the sinks as one function: decode, decide, protect. The sinks call the line in the Spark task
 * that reads the records from Kafka, so that only guarded records leave the task.
 *
 * <p>Several threads call the line at once, each with its own deserialized copy. The line writes no table; its stages
 * may store what they need, such as a new plan or the key of a person. The same records give the same result as long as
 * policy, keys and erasures do not change.
 */
@FunctionalInterface
public interface Line extends Serializable {

    /**
     * Guards a chunk of records.
     *
     * @param chunk records in transport order, usually about a thousand
     * @return one guarded record per raw record, in the same order
     */
    List<Guarded> guard(List<RawRecord> chunk);
}
