package dev.sluice.cdc.decode.avro;

import java.util.EnumSet;
import java.util.Set;

/** Names the reasons why a record cannot be decoded. The names are stable, because dead letters store them. */
public enum DecodeCode {
    BAD_MAGIC("The first byte is not the zero of the Confluent wire format, or not the brace of a JSON object."),
    FRAME_TRUNCATED("The bytes end inside the five bytes of magic and schema id."),
    UNKNOWN_SCHEMA("The registry has no Avro schema of the id that the record names."),
    BAD_SCHEMA("The writer schema cannot be used: not valid Avro, recursive, too deep or too wide."),
    RECORD_TOO_LARGE("Key, value and headers together are longer than the limit."),
    AVRO_TRUNCATED("The bytes end before the value does."),
    AVRO_TRAILING("Bytes are left over after the value."),
    AVRO_LIMIT("A text, a byte string or an array announces more than the limit."),
    AVRO_INDEX("The index of a union or an enum is out of range."),
    AVRO_MALFORMED("A number, length or truth value breaks the encoding rules of Avro."),
    JSON_MALFORMED("The JSON is broken, has a name twice, or a value that its schema does not allow."),
    JSON_WITHOUT_SCHEMA("The JSON has no schema, so nothing says of which types its values are."),
    UTF8_INVALID("A text is not valid UTF-8."),
    LOGICAL_TYPE("A value or a schema contradicts its logical type."),
    TEMPORAL_RANGE("A date or time is infinite or outside what the type can hold."),
    ZERO_DATE("The first moment of 1970, which the connector also sends for a zero date of MySQL."),
    NUMERIC_NAN("A decimal is not a number."),
    ARRAY_SHAPE("An array has several dimensions or does not begin at 1, which its type cannot hold."),
    UNSUPPORTED_TYPE("A column has a type that the gateway has no value for."),
    NOT_AN_ENVELOPE("The value is not a change envelope of Debezium."),
    DATASET_MISMATCH("The record names another table than its topic does."),
    UNKNOWN_OP("The envelope's op is not one of c, r, u, d, t."),
    NO_POSITION("The envelope does not say where the change stands in the source, or when it was committed."),
    NULL_KEY("The record of a row has no key."),
    NULL_KEY_PART("A part of the key is null or was not sent."),
    KEY_MISMATCH("The key's columns are not columns of the row, or the row says another key."),
    AMBIGUOUS_NULL("A null or empty value of an update cannot be told from one that the source did not send."),
    BAD_KEY_LINK("A header that links the old and the new key is neither framed Avro nor JSON of the key."),
    DECODER_FAILURE("The decoder itself failed. Replay the record with a release that has the defect repaired.");

    private static final Set<DecodeCode> OF_SHAPE = EnumSet.of(
            BAD_MAGIC,
            BAD_SCHEMA,
            JSON_WITHOUT_SCHEMA,
            UNSUPPORTED_TYPE,
            NOT_AN_ENVELOPE,
            DATASET_MISMATCH,
            NO_POSITION,
            NULL_KEY,
            KEY_MISMATCH);

    private final String sentence;

    DecodeCode(String sentence) {
        this.sentence = sentence;
    }

    /**
     * Whether a code of a dead letter can be one that every record of its topic has: it comes from the schema, the
     * format or the name of the topic, not from one value.
     */
    public static boolean isOfShape(String code) {
        return OF_SHAPE.stream().anyMatch(shape -> shape.name().equals(code));
    }

    /** What the code means, as a sentence. */
    public String sentence() {
        return sentence;
    }
}
