package dev.sluice.sinks;

import dev.sluice.cdc.event.RawRecord;
import dev.sluice.masking.Guarded;
import java.io.Serializable;
import java.util.List;

/**
 * Runs the stages before the sinks as one function: decode, decide, protect. Sinks call the line where the records are,
 * so that only guarded records enter a Spark row.
 *
 * <p>Called by several threads at once, each with its own deserialized copy. Writes nothing. The same records give the
 * same answer as long as policy and keys do not change.
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
