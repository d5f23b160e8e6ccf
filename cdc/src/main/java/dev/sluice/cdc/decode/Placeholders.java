package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.AvroColumn;
import dev.sluice.cdc.event.Absent;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the stand-in that Debezium sends for an unchanged value that PostgreSQL did not log. Looks only at columns
 * that PostgreSQL can store apart from the row, and compares the whole value. The stand-in of a text is the
 * placeholder itself; of bytes its UTF-8 bytes; of an hstore the placeholder as key and value; of an array one
 * element of these, a name-based UUID of the bytes, or for numbers and days the bytes as numbers.
 */
final class Placeholders {

    /** Knows no stand-in. */
    static final Placeholders NONE = new Placeholders(List.of());

    private static final Set<AvroColumn.Unsent> MAY_STAND_IN =
            EnumSet.of(AvroColumn.Unsent.STAND_IN, AvroColumn.Unsent.EITHER);

    private static final Set<AvroColumn.Unsent> SILENT = EnumSet.of(AvroColumn.Unsent.SILENT);
    private static final Set<AvroColumn.Unsent> SILENT_OF_OTHERS =
            EnumSet.of(AvroColumn.Unsent.SILENT, AvroColumn.Unsent.EITHER);

    private final Set<String> texts = new HashSet<>();
    private final List<byte[]> bytes = new ArrayList<>();
    private final Set<List<Object>> lists = new HashSet<>();

    Placeholders(List<String> placeholders) {
        for (String text : placeholders) {
            byte[] raw = text.getBytes(StandardCharsets.UTF_8);
            texts.add(text);
            texts.add("{\"" + text + "\":\"" + text + "\"}");
            bytes.add(raw);
            lists.add(List.of(text));
            lists.add(List.of(UUID.nameUUIDFromBytes(raw).toString()));
            lists.add(codes(raw, code -> (int) code));
            lists.add(codes(raw, code -> (long) code));
            lists.add(codes(raw, LocalDate::ofEpochDay));
        }
    }

    private static List<Object> codes(byte[] raw, Function<Byte, Object> form) {
        List<Object> codes = new ArrayList<>();
        for (byte code : raw) {
            codes.add(form.apply(code));
        }
        return codes;
    }

    /**
     * The kinds of column in which a null may stand for a value that was not sent. Our own capture, which never uses
     * Debezium's own placeholder, stops rather than send null for a value that it cannot convert.
     */
    Set<AvroColumn.Unsent> silent() {
        return texts.contains(DecodeSettings.DEFAULT_PLACEHOLDER) ? SILENT_OF_OTHERS : SILENT;
    }

    /** Puts {@link Absent#VALUE} where the row holds a stand-in. */
    void mark(List<AvroColumn> columns, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (MAY_STAND_IN.contains(columns.get(i).unsent()) && standsIn(values[i])) {
                values[i] = Absent.VALUE;
            }
        }
    }

    private boolean standsIn(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return lists.contains(list)
                    || (list.size() == 1 && list.get(0) instanceof byte[] && scalarStandsIn(list.get(0)));
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
