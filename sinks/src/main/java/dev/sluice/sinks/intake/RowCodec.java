package dev.sluice.sinks.intake;

import dev.sluice.cdc.event.Absent;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.history.Image;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an image as bytes, as the table of latent events stores them, and reads the bytes back. Later versions of the
 * program keep reading every released version of the form.
 *
 * <p>Version 1: a byte {@code 1}; the number of columns; per column in name order its name and its value. Numbers are
 * zigzag varints, texts are a length and UTF-8. A value is a tag byte and: 0 absent, 1 false, 2 true, 3 int32 number,
 * 4 int64 number, 5 float bits, 6 double bits, 7 decimal (scale, unscaled big-endian bytes), 8 text, 9 bytes, 10 date
 * (epoch day), 11 timestamp without zone (microseconds), 12 instant (microseconds), 13 list (count, values), 14 null
 * (in lists only). Equal images give equal bytes. Thread-safe.
 */
public final class RowCodec {

    private static final int VERSION = 1;

    private RowCodec() {}

    /** The bytes of an image whose values are those of {@link StoredTypes}. */
    public static byte[] encode(Image image) {
        Bytes.Out out = new Bytes.Out();
        out.raw(VERSION).number(image.values().size());
        image.values().forEach((name, value) -> value(out.text(name), value));
        return out.done();
    }

    /**
     * The image of these bytes.
     *
     * @throws dev.sluice.sinks.SinkException {@code SNK-010} when the version of the form is unknown
     * @throws IllegalArgumentException when the bytes end too early, are too many, or hold an unknown tag
     */
    public static Image decode(byte[] bytes) {
        Bytes.In in = new Bytes.In(bytes);
        int version = in.raw();
        if (version != VERSION) {
            throw SinkErrors.unreadable("row image", version);
        }
        long columns = in.number();
        Map<String, Object> values = new HashMap<>();
        for (long i = 0; i < columns; i++) {
            String name = in.text();
            Object value = value(in);
            if (value == null) {
                throw new IllegalArgumentException("A row image holds a column that is null.");
            }
            values.put(name, value);
        }
        in.end();
        return Image.of(values);
    }

    private static void value(Bytes.Out out, @Nullable Object value) {
        if (value == null) {
            out.raw(14);
        } else if (value instanceof String text) {
            out.raw(8).text(text);
        } else if (value instanceof Number number) {
            number(out, number);
        } else if (value instanceof byte[] blob) {
            out.raw(9).blob(blob);
        } else if (value instanceof List<?> list) {
            out.raw(13).number(list.size());
            list.forEach(element -> value(out, element));
        } else {
            small(out, value);
        }
    }

    private static void small(Bytes.Out out, Object value) {
        if (value == Absent.VALUE) {
            out.raw(0);
        } else if (value instanceof Boolean flag) {
            out.raw(flag ? 2 : 1);
        } else if (value instanceof LocalDate date) {
            out.raw(10).number(date.toEpochDay());
        } else if (value instanceof LocalDateTime time) {
            out.raw(11).number(Micros.of(time.toInstant(ZoneOffset.UTC)));
        } else if (value instanceof Instant instant) {
            out.raw(12).number(Micros.of(instant));
        } else {
            throw new IllegalArgumentException("There is no stored form for a value of class "
                    + value.getClass().getSimpleName() + ".");
        }
    }

    private static void number(Bytes.Out out, Number value) {
        if (value instanceof Integer number) {
            out.raw(3).number(number);
        } else if (value instanceof Long number) {
            out.raw(4).number(number);
        } else if (value instanceof Float number) {
            out.raw(5).fixed(Float.floatToIntBits(number), 4);
        } else if (value instanceof Double number) {
            out.raw(6).fixed(Double.doubleToLongBits(number), 8);
        } else if (value instanceof BigDecimal number) {
            out.raw(7).number(number.scale()).blob(number.unscaledValue().toByteArray());
        } else {
            throw new IllegalArgumentException("There is no stored form for a value of class "
                    + value.getClass().getSimpleName() + ".");
        }
    }

    private static @Nullable Object value(Bytes.In in) {
        int tag = in.raw();
        return switch (tag) {
            case 0 -> Absent.VALUE;
            case 1, 2 -> tag == 2;
            case 3, 4, 5, 6, 7 -> number(in, tag);
            case 8 -> in.text();
            case 9 -> in.blob();
            case 10, 11, 12 -> time(in.number(), tag);
            case 13 -> list(in);
            case 14 -> null;
            default -> throw new IllegalArgumentException("A row image holds the unknown tag " + tag + ".");
        };
    }

    private static Object number(Bytes.In in, int tag) {
        return switch (tag) {
            case 3 -> (Object) Math.toIntExact(in.number());
            case 4 -> in.number();
            case 5 -> Float.intBitsToFloat((int) in.fixed(4));
            case 6 -> Double.longBitsToDouble(in.fixed(8));
            default -> {
                int scale = Math.toIntExact(in.number());
                yield new BigDecimal(new BigInteger(in.blob()), scale);
            }
        };
    }

    private static Object time(long number, int tag) {
        return switch (tag) {
            case 10 -> LocalDate.ofEpochDay(number);
            case 11 -> LocalDateTime.ofInstant(Micros.instant(number), ZoneOffset.UTC);
            default -> Micros.instant(number);
        };
    }

    private static List<@Nullable Object> list(Bytes.In in) {
        long count = in.number();
        List<@Nullable Object> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(value(in));
        }
        return values;
    }
}
