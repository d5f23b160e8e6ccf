package dev.sluice.cdc.decode.avro;

import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Parses a writer schema and refuses one that cannot be decoded within limits: recursion, depth, width. */
public final class WriterSchema {

    private static final int MOST_TYPES = 20_000;

    private final DecodeLimits limits;
    private int depth;
    private int types;

    private WriterSchema(DecodeLimits limits) {
        this.limits = limits;
    }

    /**
     * The schema of that JSON.
     *
     * @throws BadRecord with {@link DecodeCode#BAD_SCHEMA}
     */
    public static Schema parse(String json, DecodeLimits limits) {
        Schema schema = parse(json);
        new WriterSchema(limits).check(schema);
        return schema;
    }

    private static Schema parse(String json) {
        try {
            // Names and defaults play no part in reading bytes, and databases have names that Avro would refuse.
            return new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(json);
        } catch (RuntimeException e) { // boundary of Avro's parser, which reports a bad schema by many exceptions
            throw BadRecord.of(
                    DecodeCode.BAD_SCHEMA, "not an Avro schema: " + e.getClass().getSimpleName());
        }
    }

    private void check(Schema schema) {
        if (depth >= limits.maxDepth()) {
            throw BadRecord.of(
                    DecodeCode.BAD_SCHEMA, "it contains itself or is deeper than " + limits.maxDepth() + " levels");
        }
        if (++types > MOST_TYPES) {
            throw BadRecord.of(DecodeCode.BAD_SCHEMA, "more than " + MOST_TYPES + " types");
        }
        depth++;
        switch (schema.getType()) {
            case RECORD -> fields(schema);
            case UNION -> schema.getTypes().forEach(this::check);
            case ARRAY -> check(schema.getElementType());
            case MAP -> check(schema.getValueType());
            default -> {}
        }
        depth--;
    }

    private void fields(Schema schema) {
        if (schema.getFields().size() > limits.maxFields()) {
            throw BadRecord.of(DecodeCode.BAD_SCHEMA, "a record of more than " + limits.maxFields() + " fields");
        }
        schema.getFields().forEach(field -> check(field.schema()));
    }
}
