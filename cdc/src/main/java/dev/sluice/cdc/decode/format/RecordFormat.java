package dev.sluice.cdc.decode.format;

import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.event.RawRecord;
import java.util.Optional;

/**
 * Turns the key, the value and the links of a raw record into the one form that is decoded: a zero byte, the id of a
 * schema as four bytes, and Avro's binary form. Thread-safe.
 */
public interface RecordFormat {

    /**
     * The record in that form.
     *
     * @throws BadRecord when the record is not of this format
     */
    RawRecord framed(RawRecord record);

    /** The Avro schema of that id as JSON; empty when there is definitely none. */
    Optional<String> schema(int id);

    /** A defect that was found in a framed record, as one of the raw record. */
    BadRecord ofRaw(BadRecord found);
}
