package dev.sluice.masking;

import dev.sluice.cdc.event.Origin;
import java.io.Serializable;

/**
 * Marks a record that passed the {@link Protector} and may leave the line. Every record of a batch becomes exactly one
 * of the permitted kinds. No kind holds clear text that the plan does not allow to leave. All kinds are immutable and
 * may be shared between threads.
 */
public sealed interface Guarded extends Serializable permits ProtectedChange, SealedRejection, Withheld {

    /** Where the record stands in the transport. */
    Origin origin();
}
