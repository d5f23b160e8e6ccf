package dev.sluice.masking;

import dev.sluice.cdc.event.Origin;

/** Stands for a record that goes no further and is only counted. Only {@link Protector} makes one. */
public final class Withheld implements Guarded {

    private static final long serialVersionUID = 1L;

    private final Origin origin;
    private final WithholdReason reason;
    private final String detail;
    private final String transaction;

    Withheld(Origin origin, WithholdReason reason, String detail, String transaction) {
        this.origin = origin;
        this.reason = reason;
        this.detail = detail;
        this.transaction = transaction;
    }

    /** Why a record goes no further. */
    public enum WithholdReason {
        /** The record carries no row. The sinks count the record as filtered. */
        MARKER,
        /** The record is about an erased person. The sinks count the record as suppressed. */
        ERASED_SUBJECT
    }

    @Override
    public Origin origin() {
        return origin;
    }

    /** Why the record goes no further. */
    public WithholdReason reason() {
        return reason;
    }

    /** Name of the marker's kind, or the pseudonym of the erased person; never a data value. */
    public String detail() {
        return detail;
    }

    /** Transaction id as the source writes it, empty when the source names none. */
    public String transaction() {
        return transaction;
    }

    @Override
    public String toString() {
        return "Withheld[" + origin.coordinates() + "," + reason + "]";
    }
}
