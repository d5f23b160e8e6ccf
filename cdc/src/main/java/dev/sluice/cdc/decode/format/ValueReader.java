package dev.sluice.cdc.decode.format;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the value at whose first token the parser stands into Avro's generic data. Has no state and is thread-safe. */
@FunctionalInterface
interface ValueReader {

    /**
     * The value; the parser stands at its last token on return.
     *
     * @throws dev.sluice.cdc.decode.avro.BadRecord when the value does not fit its schema
     */
    @Nullable
    Object read(JsonParser parser) throws IOException;
}
