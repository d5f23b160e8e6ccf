package dev.sluice.masking.treat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cdc.event.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value in its canonical form: the same text on every Java version, and the same text for equal numbers of
 * different types. A floating-point number whose shortest decimal is not its exact value is the exception. Hashing,
 * sealing and keys use this form, so the forms are frozen.
 *
 * <p>Whole numbers and decimals: plain digits without trailing zeros after the point ({@code 42}, {@code 0.5}).
 * Floating point: the shortest decimal that reads back as the value, {@code NaN}, {@code Infinity}, {@code -Infinity},
 * {@code -0}. Dates and times: ISO 8601, shortest form, instants in UTC with {@code Z}. Bytes: base64. Arrays: a JSON
 * array of the texts of the elements as strings, arrays nested. Truth values: {@code true} and {@code false}.
 * Everything else is text already.
 */
public final class Canonical {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIGITS_OF_DOUBLE = 17;

    private Canonical() {}

    /** The text of a value of that type; the value is neither null nor absent. */
    public static String text(DataType type, Object value) {
        return switch (type.kind()) {
            case DECIMAL, BIG_DECIMAL -> plain((BigDecimal) value);
            case FLOAT32 -> floating((Float) value, ((Float) value).doubleValue(), true);
            case FLOAT64 -> floating((Double) value, (Double) value, false);
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
            case ARRAY -> json(elements(type, value));
            default -> value.toString();
        };
    }

    /** A JSON array of the texts, null as {@code null}; the form of a key. */
    public static String array(List<@Nullable String> texts) {
        return json(texts);
    }

    private static List<@Nullable Object> elements(DataType type, Object value) {
        DataType element = Objects.requireNonNull(type.element(), "An array type has no element type.");
        List<@Nullable Object> texts = new ArrayList<>();
        for (Object each : (List<?>) value) {
            if (each == null) {
                texts.add(null);
            } else {
                texts.add(element.kind() == DataType.TypeKind.ARRAY ? elements(element, each) : text(element, each));
            }
        }
        return texts;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** {@code Double.toString} changed its digits in Java 19, so the shortest form is found here. */
    private static String floating(Number value, double exact, boolean single) {
        if (Double.isNaN(exact) || Double.isInfinite(exact)) {
            return Double.toString(exact);
        }
        if (exact == 0) {
            return 1 / exact < 0 ? "-0" : "0";
        }
        BigDecimal full = new BigDecimal(exact);
        for (int digits = 1; digits < DIGITS_OF_DOUBLE; digits++) {
            BigDecimal rounded = full.round(new MathContext(digits));
            boolean same = single ? value.equals(rounded.floatValue()) : value.equals(rounded.doubleValue());
            if (same) {
                return plain(rounded);
            }
        }
        return plain(full.round(new MathContext(DIGITS_OF_DOUBLE)));
    }

    private static String json(List<?> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A list of texts could not be written as JSON.", e);
        }
    }
}
