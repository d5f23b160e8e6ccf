package dev.sluice.cdc.exact;

/** Says that a text has no value of the wanted type. The message never holds the text. */
public final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    /** Lists the reasons. */
    public enum Reason {
        /** The number is none, or has no end. */
        NOT_A_NUMBER,
        /** The date or time has no end, or is outside the type. */
        OUT_OF_RANGE,
        /** The array has several dimensions or does not begin at 1. */
        SHAPE,
        /** The text is not one of that type. */
        MALFORMED
    }

    private final Reason reason;

    Unfit(Reason reason, String what) {
        super(what, null, false, false);
        this.reason = reason;
    }

    static Unfit malformed(String what) {
        return new Unfit(Reason.MALFORMED, what);
    }

    public Reason reason() {
        return reason;
    }

    /** What the text is, in a few words. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
