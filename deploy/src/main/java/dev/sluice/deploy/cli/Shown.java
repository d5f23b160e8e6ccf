package dev.sluice.deploy.cli;

import java.math.BigDecimal;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A stored value as a report can hold it. */
final class Shown {

    private Shown() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value == null || (value instanceof Number && !(value instanceof BigDecimal)) || value instanceof Boolean) {
            return value;
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }
}
