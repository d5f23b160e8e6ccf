package dev.sluice.deploy.cli.output;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds one object of named values, in the order in which they were added.
 *
 * @param values name to value; a value is null, text, a number, a boolean, or a list or map of such
 */
public record Sheet(Map<String, @Nullable Object> values) {

    public Sheet {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** An empty sheet. */
    public static Sheet empty() {
        return new Sheet(Map.of());
    }

    /** This sheet with one more value. */
    public Sheet with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Sheet(more);
    }
}
