package dev.sluice.cdc.event;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Describes the type of a field, and with it the Java class of its values.
 *
 * @param kind what the values are
 * @param precision total digits for {@link TypeKind#DECIMAL}, else 0
 * @param scale digits after the point for {@link TypeKind#DECIMAL}, else 0
 * @param symbols allowed values for {@link TypeKind#ENUM} in source order, else empty
 * @param element type of the elements for {@link TypeKind#ARRAY}, else null
 */
public record DataType(TypeKind kind, int precision, int scale, List<String> symbols, @Nullable DataType element)
        implements Serializable {

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,4}),(\\d{1,4})\\)");
    private static final Pattern ARRAY = Pattern.compile("array<(.+)>");

    /** Lists the kinds of type, each with the Java class of its values. */
    public enum TypeKind {
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@link Integer}. */
        INT32,
        /** {@link Long}. */
        INT64,
        /** {@link Float}. */
        FLOAT32,
        /** {@link Double}. */
        FLOAT64,
        /** {@link java.math.BigDecimal} of exactly the declared scale. */
        DECIMAL,
        /** {@link java.math.BigDecimal} of any scale ({@code numeric} without precision). */
        BIG_DECIMAL,
        /** {@link String}. */
        TEXT,
        /** {@code byte[]}. */
        BYTES,
        /** {@link java.time.LocalDate}, proleptic Gregorian. */
        DATE,
        /** {@link java.time.LocalTime}, microseconds. */
        TIME,
        /** {@link java.time.LocalDateTime}, microseconds, no zone. */
        TIMESTAMP,
        /** {@link java.time.Instant}, microseconds. */
        INSTANT,
        /** {@link String}, ISO 8601 time with offset. */
        TIME_WITH_ZONE,
        /** {@link String}, ISO 8601 period with days and time. */
        INTERVAL,
        /** {@link String}, canonical lower-case form. */
        UUID,
        /** {@link String}, JSON text. */
        JSON,
        /** {@link String}; one of the symbols, unless the type got a new one while capture ran. */
        ENUM,
        /** {@link List} of element values, which may be null. */
        ARRAY
    }

    public DataType {
        symbols = List.copyOf(symbols);
    }

    /** A type without parameters. */
    public static DataType of(TypeKind kind) {
        return new DataType(kind, 0, 0, List.of(), null);
    }

    /** An exact decimal. */
    public static DataType decimal(int precision, int scale) {
        return new DataType(TypeKind.DECIMAL, precision, scale, List.of(), null);
    }

    /** An enumeration with its symbols in source order. */
    public static DataType enumeration(List<String> symbols) {
        return new DataType(TypeKind.ENUM, 0, 0, symbols, null);
    }

    /** An array of elements of one type. */
    public static DataType array(DataType element) {
        return new DataType(TypeKind.ARRAY, 0, 0, List.of(), element);
    }

    /**
     * The type whose {@link #describe() name} that is; an enumeration without its symbols.
     *
     * @throws IllegalArgumentException when no type has that name
     */
    public static DataType parse(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        Matcher array = ARRAY.matcher(name);
        if (array.matches()) {
            return array(parse(array.group(1)));
        }
        TypeKind kind = Stream.of(TypeKind.values())
                .filter(known -> known.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no type named " + name + "."));
        return kind == TypeKind.ENUM ? enumeration(List.of()) : of(kind);
    }

    /** A short stable name for policy input and fingerprints: {@code int64}, {@code decimal(10,2)}. */
    public String describe() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case DECIMAL -> name + "(" + precision + "," + scale + ")";
            case ARRAY -> name + "<" + (element == null ? "?" : element.describe()) + ">";
            default -> name;
        };
    }
}
