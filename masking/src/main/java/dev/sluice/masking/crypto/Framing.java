package dev.sluice.masking.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Joins several parts into one byte string, which is different for different parts: for each part its length in four
 * bytes, then its bytes.
 */
public final class Framing {

    private Framing() {}

    /** The parts in order. */
    public static byte[] of(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size = Math.addExact(size, Math.addExact(Integer.BYTES, part.length));
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            out.putInt(part.length).put(part);
        }
        return out.array();
    }

    /** The texts in order, as UTF-8. */
    public static byte[] of(List<String> parts) {
        return of(parts.stream().map(Framing::utf8).toArray(byte[][]::new));
    }

    /** The text as UTF-8. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
