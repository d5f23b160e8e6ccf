package dev.sluice.cdc.decode.avro;

/**
 * Carries a defect of a record from the reader that found it to the decoder, which makes a rejection of it. Holds a
 * path and a byte position, never a data value, and no stack trace.
 */
public final class BadRecord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DecodeCode code;
    private final String what;
    private final String path;
    private final int position;

    /**
     * A defect at a byte.
     *
     * @param what the defect in a few words, no data value
     * @param position offset in the framed bytes, -1 when it has none
     */
    public BadRecord(DecodeCode code, String what, int position) {
        this(code, what, "", position);
    }

    private BadRecord(DecodeCode code, String what, String path, int position) {
        super(code.name(), null, false, false);
        this.code = code;
        this.what = what;
        this.path = path;
        this.position = position;
    }

    /** A defect of the whole record or of its schema. */
    public static BadRecord of(DecodeCode code, String what) {
        return new BadRecord(code, what, -1);
    }

    /** The same defect, seen from one level further out. */
    public BadRecord in(String name) {
        return new BadRecord(code, what, path.isEmpty() ? name : name + "." + path, position);
    }

    /** The same defect without a byte position. */
    public BadRecord withoutPosition() {
        return new BadRecord(code, what, path, -1);
    }

    public DecodeCode code() {
        return code;
    }

    /** Path, defect and position in one line. */
    public String detail() {
        String where = path.isEmpty() ? "" : path + ": ";
        return where + what + (position < 0 ? "" : " at byte " + position);
    }
}
