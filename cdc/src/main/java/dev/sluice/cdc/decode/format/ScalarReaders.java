package dev.sluice.cdc.decode.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads values that are one token of JSON. */
final class ScalarReaders {

    private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");
    private static final int WIDEST_SCALE = 131_072;

    private ScalarReaders() {}

    /** The reader of that schema, which is neither a structure nor a collection. */
    static ValueReader of(JsonNode connect, Schema avro) {
        return switch (avro.getType()) {
            case BOOLEAN -> ScalarReaders::truth;
            case INT -> parser -> (int) whole(parser, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> parser -> whole(parser, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> ScalarReaders::single;
            case DOUBLE -> ScalarReaders::real;
            case BYTES -> bytes(connect);
            default -> ScalarReaders::text;
        };
    }

    private static Object truth(JsonParser parser) throws IOException {
        if (parser.currentToken().isBoolean()) {
            return parser.getBooleanValue();
        }
        throw bad("no truth value");
    }

    private static long whole(JsonParser parser, long least, long most) throws IOException {
        boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        long value = fits ? parser.getLongValue() : 0;
        if (!fits || value < least || value > most) {
            throw bad("no whole number of the type");
        }
        return value;
    }

    private static Object single(JsonParser parser) throws IOException {
        float value = Float.parseFloat(number(parser));
        if (Float.isInfinite(value) && parser.currentToken().isNumeric()) {
            throw bad("number outside its type");
        }
        return value;
    }

    private static Object real(JsonParser parser) throws IOException {
        double value = Double.parseDouble(number(parser));
        if (Double.isInfinite(value) && parser.currentToken().isNumeric()) {
            throw bad("number outside its type");
        }
        return value;
    }

    private static String number(JsonParser parser) throws IOException {
        String text = parser.currentToken().isScalarValue() ? parser.getText() : "";
        boolean named = parser.currentToken() == JsonToken.VALUE_STRING && NO_NUMBERS.contains(text);
        if (!named && !parser.currentToken().isNumeric()) {
            throw bad("no number");
        }
        return text;
    }

    private static Object text(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw bad("no text");
        }
        return sound(parser.getText());
    }

    /** The same text, which must not hold half of a surrogate pair: UTF-8 has no form for it. */
    static String sound(@Nullable String text) {
        String sure = String.valueOf(text);
        for (int i = 0; i < sure.length(); i++) {
            char c = sure.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < sure.length()
                        && Character.isLowSurrogate(sure.charAt(i + 1));
                if (!pair) {
                    throw BadRecord.of(DecodeCode.UTF8_INVALID, "half of a surrogate pair in the text");
                }
                i++;
            }
        }
        return sure;
    }

    /** Bytes in base 64; a decimal may also be a number, as {@code decimal.format=NUMERIC} writes it. */
    private static ValueReader bytes(JsonNode connect) {
        if (!connect.path("name").asText().equals(DECIMAL)) {
            return ScalarReaders::base64;
        }
        String text = connect.path("parameters").path("scale").asText();
        int scale = text.matches("-?\\d{1,6}") ? Integer.parseInt(text) : 0;
        return parser -> parser.currentToken().isNumeric() ? unscaled(parser, scale) : base64(parser);
    }

    private static ByteBuffer base64(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw bad("no text of bytes");
        }
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(parser.getText()));
        } catch (IllegalArgumentException e) {
            throw bad("text is not base 64");
        }
    }

    private static ByteBuffer unscaled(JsonParser parser, int scale) throws IOException {
        BigDecimal value = parser.getDecimalValue();
        if (Math.abs((long) value.scale()) > WIDEST_SCALE || Math.abs((long) scale) > WIDEST_SCALE) {
            throw bad("decimal of impossible scale");
        }
        try {
            return ByteBuffer.wrap(value.setScale(scale).unscaledValue().toByteArray());
        } catch (ArithmeticException e) {
            throw bad("decimal of more digits than its scale");
        }
    }

    /** A value that does not fit its schema. */
    static BadRecord bad(String what) {
        return BadRecord.of(DecodeCode.JSON_MALFORMED, what);
    }
}
