package dev.sluice.sinks.intake;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes and reads variable-length numbers, texts and byte strings. */
final class Bytes {

    private Bytes() {}

    /** Appends to a growing array. */
    static final class Out {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

        Out raw(int b) {
            bytes.write(b);
            return this;
        }

        /** Zigzag variable-length number, as in Protocol Buffers. */
        Out number(long value) {
            long rest = (value << 1) ^ (value >> 63);
            while ((rest & ~0x7fL) != 0) {
                bytes.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
            return this;
        }

        Out fixed(long value, int width) {
            for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
                bytes.write((int) (value >>> shift));
            }
            return this;
        }

        Out blob(byte[] value) {
            number(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Out text(String value) {
            return blob(value.getBytes(StandardCharsets.UTF_8));
        }

        Out optional(@Nullable String value) {
            return value == null ? raw(0) : raw(1).text(value);
        }

        byte[] done() {
            return bytes.toByteArray();
        }
    }

    /** Reads what {@link Out} wrote; bytes that end too early are an {@link IllegalArgumentException}. */
    static final class In {
        private final ByteBuffer bytes;

        In(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes);
        }

        int raw() {
            return (int) fixed(1);
        }

        long number() {
            long rest = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int b = raw();
                rest |= (long) (b & 0x7f) << shift;
                if ((b & 0x80) == 0) {
                    return (rest >>> 1) ^ -(rest & 1);
                }
            }
            throw new IllegalArgumentException("A number has more than ten bytes.");
        }

        long fixed(int width) {
            try {
                long value = 0;
                for (int i = 0; i < width; i++) {
                    value = (value << 8) | (bytes.get() & 0xff);
                }
                return value;
            } catch (BufferUnderflowException e) {
                throw new IllegalArgumentException("The bytes end too early.", e);
            }
        }

        byte[] blob() {
            long length = number();
            if (length < 0 || length > bytes.remaining()) {
                throw new IllegalArgumentException("The bytes end too early.");
            }
            byte[] value = new byte[(int) length];
            bytes.get(value);
            return value;
        }

        String text() {
            return new String(blob(), StandardCharsets.UTF_8);
        }

        @Nullable
        String optional() {
            return raw() == 0 ? null : text();
        }

        void end() {
            if (bytes.hasRemaining()) {
                throw new IllegalArgumentException("There are " + bytes.remaining() + " bytes too many.");
            }
        }
    }
}
