package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.Column;
import dev.sluice.cdc.event.Absent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the stand-in that Debezium sends for an unchanged value that PostgreSQL did not log. Only columns
 * that can
 * be stored apart from the row are looked at, and only by the whole value. The stand-in of a text is the placeholder
 * itself; of bytes its UTF-8 bytes; of an array one element of these, or for integer arrays the bytes as numbers.
 */
final class Placeholders {

    private final Set<String> texts;
    private final List<byte[]> bytes;
    private final Set<List<Number>> numbers;

    Placeholders(List<String> texts) {
        this.texts = Set.copyOf(texts);
        this.bytes = this.texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.numbers = new HashSet<>();
        for (byte[] text : bytes) {
            numbers.add(numbers(text, false));
            numbers.add(numbers(text, true));
        }
    }

    private static List<Number> numbers(byte[] text, boolean wide) {
        List<Number> numbers = new ArrayList<>();
        for (byte b : text) {
            numbers.add(wide ? (Number) Long.valueOf(b) : Integer.valueOf(b));
        }
        return numbers;
    }

    /** Puts {@link Absent#VALUE} where the row holds a stand-in. */
    void mark(List<Column> columns, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (columns.get(i).storedApart() && standsIn(values[i])) {
                values[i] = Absent.VALUE;
            }
        }
    }

    private boolean standsIn(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return (list.size() == 1 && scalarStandsIn(list.get(0))) || numbers.contains(list);
        }
        return scalarStandsIn(value);
    }

    private boolean scalarStandsIn(@Nullable Object value) {
        if (value instanceof String text) {
            return texts.contains(text);
        }
        return value instanceof byte[] raw && bytes.stream().anyMatch(text -> Arrays.equals(text, raw));
    }
}
