package dev.sluice.cdc.capture.encode;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.Encoder;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of one Connect schema as Avro binary (Avro specification 1.12, binary encoding) under the Avro schema
 * that belongs to it. Built once per schema, then safe for use by several threads.
 *
 * <p>Struct fields are read <em>without</em> their defaults: a null stays a null. The converters of Kafka Connect
 * would put the default of the column in its place.
 */
interface AvroBody {

    /** Writes one value; throws {@link Unwritable} when the value does not fit the schema. */
    void write(@Nullable Object value, Encoder out) throws IOException;

    /** Reports a value or a type that cannot be written; names the place, never the value. */
    final class Unwritable extends IOException {
        private static final long serialVersionUID = 1L;

        Unwritable(String path, String why) {
            super(path + ": " + why);
        }

        Unwritable(String path, String why, Throwable cause) {
            super(path + ": " + why, cause);
        }
    }

    /**
     * The writer for a schema.
     *
     * @param path where the schema stands, for messages
     */
    static AvroBody of(Schema connect, org.apache.avro.Schema avro, String path) throws Unwritable {
        if (avro.getType() != org.apache.avro.Schema.Type.UNION) {
            return required(connect, avro, path);
        }
        List<org.apache.avro.Schema> branches = avro.getTypes();
        Integer none = avro.getIndexNamed("null");
        if (branches.size() != 2 || none == null) {
            throw new Unwritable(path, "its Avro type is a union of more than one type");
        }
        int some = 1 - none;
        AvroBody body = required(connect, branches.get(some), path);
        return (value, out) -> {
            out.writeIndex(value == null ? none : some);
            if (value != null) {
                body.write(value, out);
            }
        };
    }

    private static AvroBody required(Schema connect, org.apache.avro.Schema avro, String path) throws Unwritable {
        AvroBody body =
                switch (connect.type()) {
                    case STRUCT -> struct(connect, avro, path);
                    case ARRAY -> array(connect, avro, path);
                    case MAP -> map(connect, avro, path);
                    case BYTES -> bytes(connect);
                    default -> scalar(connect, path);
                };
        return (value, out) -> {
            if (value == null) {
                throw new Unwritable(path, "null in a field that has no null");
            }
            try {
                body.write(value, out);
            } catch (ClassCastException e) {
                throw new Unwritable(path, "a value of another type than the schema says", e);
            }
        };
    }

    private static AvroBody scalar(Schema connect, String path) throws Unwritable {
        return switch (connect.type()) {
            case INT8, INT16, INT32 -> (value, out) -> out.writeInt(((Number) present(value)).intValue());
            case INT64 -> (value, out) -> out.writeLong((Long) present(value));
            case FLOAT32 -> (value, out) -> out.writeFloat((Float) present(value));
            case FLOAT64 -> (value, out) -> out.writeDouble((Double) present(value));
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) present(value));
            case STRING -> (value, out) -> out.writeString((String) present(value));
            default -> throw new Unwritable(path, "type " + connect.type() + " is not known here");
        };
    }

    private static AvroBody bytes(Schema connect) {
        if (Decimal.LOGICAL_NAME.equals(connect.name())) {
            return (value, out) -> out.writeBytes(Decimal.fromLogical(connect, (BigDecimal) present(value)));
        }
        return (value, out) -> {
            if (present(value) instanceof byte[] array) {
                out.writeBytes(array);
            } else {
                out.writeBytes(((ByteBuffer) present(value)).duplicate());
            }
        };
    }

    private static AvroBody struct(Schema connect, org.apache.avro.Schema avro, String path) throws Unwritable {
        List<Field> fields = new ArrayList<>();
        List<AvroBody> bodies = new ArrayList<>();
        if (avro.getFields().size() != connect.fields().size()) {
            throw new Unwritable(path, "the Avro schema has another number of fields");
        }
        for (org.apache.avro.Schema.Field field : avro.getFields()) {
            // By place: the Avro schema may have another name for the field.
            Field from = connect.fields().get(field.pos());
            fields.add(from);
            bodies.add(of(from.schema(), field.schema(), path + "." + field.name()));
        }
        return (value, out) -> {
            Struct struct = (Struct) present(value);
            for (int i = 0; i < fields.size(); i++) {
                bodies.get(i).write(struct.getWithoutDefault(fields.get(i).name()), out);
            }
        };
    }

    private static AvroBody array(Schema connect, org.apache.avro.Schema avro, String path) throws Unwritable {
        AvroBody element = of(connect.valueSchema(), avro.getElementType(), path + "[]");
        return (value, out) -> {
            Collection<?> elements = (Collection<?>) present(value);
            out.writeArrayStart();
            out.setItemCount(elements.size());
            for (Object each : elements) {
                out.startItem();
                element.write(each, out);
            }
            out.writeArrayEnd();
        };
    }

    private static AvroBody map(Schema connect, org.apache.avro.Schema avro, String path) throws Unwritable {
        if (avro.getType() != org.apache.avro.Schema.Type.MAP) {
            throw new Unwritable(path, "a map whose keys are not text");
        }
        AvroBody entry = of(connect.valueSchema(), avro.getValueType(), path + "{}");
        return (value, out) -> {
            Map<?, ?> entries = (Map<?, ?>) present(value);
            out.writeMapStart();
            out.setItemCount(entries.size());
            for (Map.Entry<?, ?> each : entries.entrySet()) {
                out.startItem();
                out.writeString((String) each.getKey());
                entry.write(each.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new ClassCastException("null");
        }
        return value;
    }
}
