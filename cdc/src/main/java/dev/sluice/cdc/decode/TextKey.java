package dev.sluice.cdc.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cdc.decode.avro.AvroColumn;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key in a header as Kafka Connect's {@code SimpleHeaderConverter} writes it, the default of a worker: an
 * object of JSON with a member for each key column. Reads strictly, and only types whose value this text keeps exactly;
 * every other header is rejected, because a wrong link would join the history of two rows.
 */
final class TextKey {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private TextKey() {}

    /** Whether the header may be such a text; framed Avro begins with a zero byte. */
    static boolean looksLike(byte[] header) {
        return header.length > 0 && header[0] == '{';
    }

    /**
     * The values of those columns.
     *
     * @throws BadRecord {@code BAD_KEY_LINK} when the text is not a key of exactly these columns
     */
    static @Nullable Object[] values(byte[] header, List<AvroColumn> columns) {
        JsonNode key = parse(header);
        if (key.size() != columns.size()) {
            throw bad("has not the columns of the key");
        }
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            AvroColumn column = columns.get(i);
            values[i] = value(key.path(column.name()), column.type());
            if (values[i] == null) {
                throw bad("has no text of a " + column.type().describe() + " for column " + column.name());
            }
        }
        return values;
    }

    private static JsonNode parse(byte[] header) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
            return JSON.readTree(text);
        } catch (CharacterCodingException | JsonProcessingException e) {
            throw bad("is not JSON");
        }
    }

    private static @Nullable Object value(JsonNode text, DataType type) {
        return switch (type.kind()) {
            case INT32 -> text.isIntegralNumber() && text.canConvertToInt() ? (Object) text.intValue() : null;
            case INT64 -> text.isIntegralNumber() && text.canConvertToLong() ? (Object) text.longValue() : null;
            case BOOLEAN -> text.isBoolean() ? (Object) text.booleanValue() : null;
            case TEXT, UUID, ENUM -> text.textValue();
            case DECIMAL -> decimal(text, type.scale());
            default -> null;
        };
    }

    private static @Nullable BigDecimal decimal(JsonNode text, int scale) {
        return text.isNumber() && text.decimalValue().scale() == scale ? text.decimalValue() : null;
    }

    private static BadRecord bad(String what) {
        return BadRecord.of(DecodeCode.BAD_KEY_LINK, "text " + what);
    }
}
