package dev.sluice.cdc.event;

import java.io.Serializable;

/** Holds a decoded record: a change, or a marker that carries no data. */
public sealed interface SourceMessage extends Serializable permits ChangeEvent, Marker {

    /** Where the record stands in the transport. */
    Origin origin();
}
