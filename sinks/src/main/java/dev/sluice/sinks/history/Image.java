package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Absent;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the treated values of one row by column name. A column that is null and a column that is missing mean the same,
 * because a table that gained a column later cannot tell them apart; {@link Absent#VALUE} marks a value that the source
 * did not send. Immutable; {@code toString} shows names only.
 */
public final class Image implements Serializable {

    private static final long serialVersionUID = 1L;

    private final SortedMap<String, Object> values;

    private Image(SortedMap<String, Object> values) {
        this.values = values;
    }

    /** An image of these values; entries whose value is null are dropped. The values must not be changed afterwards. */
    public static Image of(Map<String, ? extends @Nullable Object> values) {
        TreeMap<String, Object> copy = new TreeMap<>();
        values.forEach((name, value) -> {
            if (value != null) {
                copy.put(name, value);
            }
        });
        return new Image(copy);
    }

    /** The values by column name in name order, without nulls; read only. */
    public SortedMap<String, Object> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    /** The value of that column, null when it is null or missing. */
    public @Nullable Object value(String name) {
        return values.get(name);
    }

    /** The columns that the source did not send. */
    public List<String> absent() {
        return values.entrySet().stream()
                .filter(e -> e.getValue() == Absent.VALUE)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** This image with those columns marked as not sent. */
    public Image without(List<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        TreeMap<String, Object> copy = new TreeMap<>(values);
        names.forEach(name -> copy.put(name, Absent.VALUE));
        return new Image(copy);
    }

    /**
     * Returns this image with the values that the source did not send taken from the previous image. Empty when such a
     * value is missing and there is no previous image.
     */
    public Optional<Image> filledFrom(@Nullable Image previous) {
        List<String> gaps = absent();
        if (gaps.isEmpty()) {
            return Optional.of(this);
        }
        if (previous == null) {
            return Optional.empty();
        }
        TreeMap<String, Object> copy = new TreeMap<>(values);
        for (String name : gaps) {
            Object value = previous.values.get(name);
            if (value == null) {
                copy.remove(name);
            } else {
                copy.put(name, value);
            }
        }
        return Optional.of(new Image(copy));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Image image) || !values.keySet().equals(image.values.keySet())) {
            return false;
        }
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (!same(entry.getValue(), image.values.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether two values are the same; lists are compared element by element, because two byte arrays in a list would
     * be equal by identity only.
     */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (!(one instanceof List<?> ours) || !(other instanceof List<?> theirs)) {
            return Objects.deepEquals(one, other);
        }
        if (ours.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < ours.size(); i++) {
            if (!same(ours.get(i), theirs.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return values.keySet().hashCode();
    }

    @Override
    public String toString() {
        return "Image" + values.keySet();
    }
}
