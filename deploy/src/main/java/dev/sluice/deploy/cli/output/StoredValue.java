package dev.sluice.deploy.cli.output;

import java.math.BigDecimal;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Turns a stored value into a value that a listing can hold. */
public final class StoredValue {

    private StoredValue() {}

    /** Null, numbers and booleans as they are, bytes as hex digits, everything else as text. */
    public static @Nullable Object of(@Nullable Object value) {
        if (value == null || (value instanceof Number && !(value instanceof BigDecimal)) || value instanceof Boolean) {
            return value;
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }
}
