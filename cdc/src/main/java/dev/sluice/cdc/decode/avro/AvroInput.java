package dev.sluice.cdc.decode.avro;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads Avro's binary form from untrusted bytes: the reader checks lengths before it allocates memory, numbers must be
 * in their shortest form, text must be UTF-8. Not thread-safe; one object per record part. Every defect is a {@link
 * BadRecord} with the position in the framed bytes.
 */
public final class AvroInput {

    private final byte[] bytes;
    private final DecodeLimits limits;
    private int position;
    private int elements;

    /** A cursor at that offset. */
    public AvroInput(byte[] bytes, int offset, DecodeLimits limits) {
        this.bytes = bytes;
        this.position = offset;
        this.limits = limits;
    }

    /** Fails unless every byte was read. */
    public void end() {
        if (position != bytes.length) {
            throw bad(DecodeCode.AVRO_TRAILING, bytes.length - position + " bytes left over");
        }
    }

    /** A defect at this position. */
    public BadRecord bad(DecodeCode code, String what) {
        return new BadRecord(code, what, position);
    }

    /** An Avro long: zigzag, base 128, at most ten bytes. */
    public long readLong() {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            if (shift == 63 && (next & 0xfe) != 0) {
                throw bad(DecodeCode.AVRO_MALFORMED, "number longer than 64 bits");
            }
            raw |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0) {
                    throw bad(DecodeCode.AVRO_MALFORMED, "number not in its shortest form");
                }
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw bad(DecodeCode.AVRO_MALFORMED, "number longer than 64 bits");
    }

    /** An Avro int. */
    public int readInt() {
        long value = readLong();
        if ((int) value != value) {
            throw bad(DecodeCode.AVRO_MALFORMED, "number longer than 32 bits");
        }
        return (int) value;
    }

    /** An index into a union or enum of that many choices. */
    public int readIndex(int choices) {
        long index = readLong();
        if (index < 0 || index >= choices) {
            throw bad(DecodeCode.AVRO_INDEX, "index outside its " + choices + " choices");
        }
        return (int) index;
    }

    public boolean readBoolean() {
        int value = readByte();
        if (value > 1) {
            throw bad(DecodeCode.AVRO_MALFORMED, "truth value neither 0 nor 1");
        }
        return value == 1;
    }

    public float readFloat() {
        int at = take(4);
        return Float.intBitsToFloat(littleEndian(at));
    }

    public double readDouble() {
        int at = take(8);
        long low = littleEndian(at) & 0xffffffffL;
        long high = littleEndian(at + 4) & 0xffffffffL;
        return Double.longBitsToDouble(high << 32 | low);
    }

    /** A byte string with its length in front. */
    public byte[] readBytes() {
        int length = readLength();
        return readFixed(length);
    }

    /** That many bytes. */
    public byte[] readFixed(int length) {
        int at = take(length);
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    /** A text. A byte order mark is kept; over-long forms and lone surrogates are refused. */
    public String readString() {
        int length = readLength();
        int at = take(length);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        // The lenient decoder above is the fast one. It writes U+FFFD for malformed bytes, so text without that
        // character is valid; text with the character may really hold it, so the strict decoder checks that text.
        if (text.indexOf('\uFFFD') >= 0) {
            judgeUtf8(at, length);
        }
        return text;
    }

    /** Passes over a text or byte string. */
    public void skipBytes() {
        int length = readLength();
        take(length);
    }

    /** Passes over that many bytes. */
    public void skipFixed(int length) {
        take(length);
    }

    /**
     * Reads an array or map block by block.
     *
     * @param element called once for each element
     */
    public void readBlocks(Runnable element) {
        for (long count = readLong(); count != 0; count = readLong()) {
            int stop = -1;
            if (count < 0) {
                count = -count;
                int size = readLength();
                stop = position + size;
            }
            if (count < 0 || count > limits.maxElements() - elements) {
                throw bad(DecodeCode.AVRO_LIMIT, "more than " + limits.maxElements() + " array elements");
            }
            elements += (int) count;
            for (long i = 0; i < count; i++) {
                element.run();
            }
            if (stop >= 0 && stop != position) {
                throw bad(DecodeCode.AVRO_MALFORMED, "array block of another size than announced");
            }
        }
    }

    private int readLength() {
        long length = readLong();
        if (length < 0) {
            throw bad(DecodeCode.AVRO_MALFORMED, "negative length");
        }
        if (length > limits.maxValueBytes()) {
            throw bad(DecodeCode.AVRO_LIMIT, "length over " + limits.maxValueBytes() + " bytes");
        }
        if (length > bytes.length - position) {
            throw bad(DecodeCode.AVRO_TRUNCATED, "length beyond the end");
        }
        return (int) length;
    }

    private int readByte() {
        if (position >= bytes.length) {
            throw bad(DecodeCode.AVRO_TRUNCATED, "end of bytes");
        }
        return bytes[position++] & 0xff;
    }

    private int take(int length) {
        if (length > bytes.length - position) {
            throw bad(DecodeCode.AVRO_TRUNCATED, "end of bytes");
        }
        int at = position;
        position += length;
        return at;
    }

    private int littleEndian(int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    private void judgeUtf8(int at, int length) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length));
        } catch (CharacterCodingException e) {
            throw new BadRecord(DecodeCode.UTF8_INVALID, "invalid UTF-8 in the text", at);
        }
    }
}
