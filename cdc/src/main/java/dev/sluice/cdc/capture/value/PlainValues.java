package dev.sluice.cdc.capture.value;

import java.nio.ByteBuffer;

/** Makes truth values, numbers and bytes of what driver and log give for them. */
final class PlainValues {

    private PlainValues() {}

    static Object truth(Object value) {
        return (Boolean) value;
    }

    /** A bit string of one bit. */
    static Object bit(Object value) {
        return value instanceof Boolean ? value : ExactTexts.text(value).equals("1");
    }

    static Object int16(Object value) {
        return ((Number) value).shortValue();
    }

    static Object int32(Object value) {
        return ((Number) value).intValue();
    }

    static Object int64(Object value) {
        return ((Number) value).longValue();
    }

    static Object float32(Object value) {
        return ((Number) value).floatValue();
    }

    static Object float64(Object value) {
        return ((Number) value).doubleValue();
    }

    static Object bytes(Object value) {
        return ByteBuffer.wrap((byte[]) value);
    }
}
