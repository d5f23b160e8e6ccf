package dev.sluice.sinks.history;

/**
 * Reports that two different events of one key claim one source position. The source contradicts itself, or two sources
 * write one topic: the order of the events is not known, so the sinks stop the batch with {@code SNK-007}. The message
 * names the position, never a value.
 */
public final class PositionConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PositionConflict(Event known, Event arriving) {
        super("Position " + known.seq() + " carries a " + known.op() + " from "
                + known.provenance().origin().coordinates() + " and a different " + arriving.op() + " from "
                + arriving.provenance().origin().coordinates() + ".");
    }
}
