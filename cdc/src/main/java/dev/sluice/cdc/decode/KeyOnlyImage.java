package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.RowReader;
import dev.sluice.cdc.event.Absent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises an image before the change that holds nothing but the key. Under PostgreSQL's default replica identity
 * Debezium sends null for every other column that may be null, and zero, empty text or the epoch for the rest.
 * Such an image would read as a row of nulls and zeros; its other values become {@link Absent#VALUE}, and a sink takes
 * them from the last known version. When a full image really has these values, nothing is lost: the last known version
 * has the same.
 */
final class KeyOnlyImage {

    private static final Set<Object> FILLERS = Set.of(
            Absent.VALUE,
            "",
            "{}",
            "00:00:00Z",
            "00:00Z",
            "P0Y0M0DT0H0M0S",
            false,
            List.of(),
            LocalDate.EPOCH,
            LocalTime.MIDNIGHT,
            LocalDate.EPOCH.atStartOfDay(),
            Instant.EPOCH);

    private KeyOnlyImage() {}

    static void mark(RowReader rows, List<Integer> keyPlaces, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!keyPlaces.contains(i) && !isFilledIn(rows, i, values[i])) {
                return;
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (!keyPlaces.contains(i)) {
                values[i] = Absent.VALUE;
            }
        }
    }

    private static boolean isFilledIn(RowReader rows, int place, @Nullable Object value) {
        if (rows.columns().get(place).nullable()) {
            return value == null;
        }
        return isFiller(value) || Objects.deepEquals(value, rows.defaults().get(place));
    }

    private static boolean isFiller(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0;
        }
        if (value instanceof Number number) {
            return number.doubleValue() == 0;
        }
        if (value instanceof byte[] bytes) {
            return bytes.length == 0;
        }
        return value == null || FILLERS.contains(value);
    }
}
