package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import java.nio.ByteBuffer;

/** Reads Confluent's wire format: a zero byte, the schema id as four bytes big endian, Avro's binary form. */
final class Frame {

    static final int LENGTH = 5;

    private Frame() {}

    /** The schema id of framed bytes. */
    static int schemaId(byte[] framed) {
        if (framed.length > 0 && framed[0] != 0) {
            String hint = framed[0] == '{' ? "; this may be JSON, see source.format" : "";
            throw new BadRecord(DecodeCode.BAD_MAGIC, "first byte is not zero" + hint, 0);
        }
        if (framed.length < LENGTH) {
            throw new BadRecord(DecodeCode.FRAME_TRUNCATED, framed.length + " bytes", framed.length);
        }
        return ByteBuffer.wrap(framed).getInt(1);
    }
}
