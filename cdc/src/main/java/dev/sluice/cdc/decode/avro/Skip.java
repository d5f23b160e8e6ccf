package dev.sluice.cdc.decode.avro;

import java.util.List;
import org.apache.avro.Schema;

/** Passes over a value that is not needed, with the same checks of lengths, indexes and the end of the bytes. */
@FunctionalInterface
public interface Skip {

    /** Moves behind the next value. */
    void skip(AvroInput in);

    /** The skip of that schema, whose depth {@link WriterSchema} has checked. */
    static Skip of(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> in -> {};
            case BOOLEAN -> AvroInput::readBoolean;
            case INT -> AvroInput::readInt;
            case LONG -> AvroInput::readLong;
            case FLOAT -> in -> in.skipFixed(4);
            case DOUBLE -> in -> in.skipFixed(8);
            case STRING, BYTES -> AvroInput::skipBytes;
            case FIXED -> fixed(schema.getFixedSize());
            case ENUM -> index(schema.getEnumSymbols().size());
            case ARRAY -> array(of(schema.getElementType()));
            case MAP -> map(of(schema.getValueType()));
            case UNION -> union(schema.getTypes().stream().map(Skip::of).toList());
            case RECORD -> record(
                    schema.getFields().stream().map(field -> of(field.schema())).toList());
        };
    }

    private static Skip fixed(int size) {
        return in -> in.skipFixed(size);
    }

    private static Skip index(int choices) {
        return in -> in.readIndex(choices);
    }

    private static Skip array(Skip element) {
        return in -> in.readBlocks(() -> element.skip(in));
    }

    private static Skip map(Skip value) {
        return in -> in.readBlocks(() -> {
            in.skipBytes();
            value.skip(in);
        });
    }

    private static Skip union(List<Skip> choices) {
        return in -> choices.get(in.readIndex(choices.size())).skip(in);
    }

    private static Skip record(List<Skip> fields) {
        return in -> {
            for (Skip field : fields) {
                field.skip(in);
            }
        };
    }
}
