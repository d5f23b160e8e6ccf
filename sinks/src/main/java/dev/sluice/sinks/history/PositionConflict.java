package dev.sluice.sinks.history;

/**
 * Two different events of one key claim one source position. The source contradicts itself, or two sources write one
 * topic: nothing can be said about the order, so the batch must stop. The message names the position, never a value.
 */
public final class PositionConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PositionConflict(Event known, Event arriving) {
        super("Position " + known.seq() + " carries a " + known.op() + " from "
                + known.provenance().origin().coordinates() + " and a different " + arriving.op() + " from "
                + arriving.provenance().origin().coordinates() + ".");
    }
}
