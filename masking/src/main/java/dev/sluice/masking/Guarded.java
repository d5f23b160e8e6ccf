package dev.sluice.masking;

import dev.sluice.cdc.event.Origin;
import java.io.Serializable;

/**
 * Is a record that may leave: every record that passed the {@link Protector}. Every record of a batch becomes exactly
 * one of the permitted kinds; none of them holds a value that the plan does not allow to leave, and all are immutable
 * and may be shared between threads.
 */
public sealed interface Guarded extends Serializable permits ProtectedChange, SealedRejection, Withheld {

    /** Where the record stands in the transport. */
    Origin origin();
}
