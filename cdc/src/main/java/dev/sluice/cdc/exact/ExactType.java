package dev.sluice.cdc.exact;

/** Names the types of columns whose exact text is on the wire, and the parameters of their schemas. */
public final class ExactType {

    /** A decimal number; also {@code NaN}, {@code Infinity} and {@code -Infinity}. */
    public static final String NUMERIC = "dev.sluice.exact.Numeric";

    /** A date and time without zone; also {@code infinity}, {@code -infinity} and years before the first. */
    public static final String TIMESTAMP = "dev.sluice.exact.Timestamp";

    /** An array, with any number of dimensions. */
    public static final String ARRAY = "dev.sluice.exact.Array";

    /** The parameter with the digits that the type declares; missing when it declares none. */
    public static final String PRECISION = "precision";

    /** The parameter with the digits after the point that the type declares; missing when it declares none. */
    public static final String SCALE = "scale";

    /** The parameter with the kind of the elements of an array, as {@link dev.sluice.cdc.event.DataType} names it. */
    public static final String ELEMENT = "element";

    private ExactType() {}
}
