package dev.sluice.cdc.decode.avro;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.cdc.exact.ArrayText;
import dev.sluice.cdc.exact.ExactType;
import dev.sluice.cdc.exact.Unfit;
import dev.sluice.cdc.exact.ValueText;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads values that are text on the wire. */
final class TextReaders {

    private static final String ENUM = "io.debezium.data.Enum";

    /** How the stand-in of a value that was not sent begins, and no decimal or array. */
    private static final String STAND_IN = "__";

    private static final String UUID_FORM = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";

    private TextReaders() {}

    /** A string column; an enumeration when the schema says so. */
    static AvroColumn text(String name, Schema schema) {
        if (ENUM.equals(schema.getProp("connect.name"))) {
            // A value added to the type while capture runs is not in the list (the connector does not learn of it), so
            // the list describes the type and does not judge the values.
            return new AvroColumn(
                    name, DataType.enumeration(allowed(schema)), false, AvroColumn.Unsent.NEVER, AvroInput::readString);
        }
        return new AvroColumn(
                name, DataType.of(TypeKind.TEXT), false, AvroColumn.Unsent.STAND_IN, AvroInput::readString);
    }

    /** A column whose exact text is on the wire, see {@link ExactType}; empty when the name is none of these. */
    static Optional<AvroColumn> exact(String name, Schema schema) {
        String connect = schema.getProp("connect.name");
        DataType type = connect == null || schema.getType() != Schema.Type.STRING
                ? null
                : switch (connect) {
                    case ExactType.NUMERIC -> DecimalReaders.declaredType(schema);
                    case ExactType.TIMESTAMP -> DataType.of(TypeKind.TIMESTAMP);
                    case ExactType.ARRAY -> DataType.array(element(schema));
                    default -> null;
                };
        if (type == null) {
            return Optional.empty();
        }
        boolean timestamp = type.kind() == TypeKind.TIMESTAMP;
        AvroColumn.Unsent unsent = timestamp ? AvroColumn.Unsent.NEVER : AvroColumn.Unsent.STAND_IN;
        return Optional.of(new AvroColumn(name, type, false, unsent, in -> exactValue(in, type)));
    }

    private static DataType element(Schema schema) {
        String kind = schema.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters
                ? String.valueOf(parameters.get(ExactType.ELEMENT))
                : "";
        try {
            TypeKind element = TypeKind.valueOf(kind);
            return element == TypeKind.DECIMAL ? DecimalReaders.declaredType(schema) : DataType.of(element);
        } catch (IllegalArgumentException e) {
            throw BadRecord.of(DecodeCode.UNSUPPORTED_TYPE, "array of unknown elements");
        }
    }

    /**
     * The value of its text. The stand-in of a value that was not sent passes as a text; {@code WholeImage} refuses a
     * text that is left where no text may be.
     */
    private static Object exactValue(AvroInput in, DataType type) {
        String text = in.readString();
        DataType element = type.element();
        try {
            if (text.startsWith(STAND_IN)) {
                return text;
            }
            return element == null ? ValueText.value(type, text) : elements(text, element);
        } catch (Unfit e) {
            throw in.bad(code(e.reason()), e.what());
        }
    }

    private static List<@Nullable Object> elements(String text, DataType element) throws Unfit {
        List<@Nullable Object> values = new ArrayList<>();
        for (String each : ArrayText.elements(text)) {
            values.add(each == null ? null : ValueText.value(element, each));
        }
        return values;
    }

    private static DecodeCode code(Unfit.Reason reason) {
        return switch (reason) {
            case NOT_A_NUMBER -> DecodeCode.NUMERIC_NAN;
            case OUT_OF_RANGE -> DecodeCode.TEMPORAL_RANGE;
            case SHAPE -> DecodeCode.ARRAY_SHAPE;
            case MALFORMED -> DecodeCode.LOGICAL_TYPE;
        };
    }

    private static String json(Map<String, @Nullable Object> entries) {
        StringBuilder text = new StringBuilder("{");
        entries.forEach((name, value) -> {
            text.append(text.length() == 1 ? "" : ",");
            quote(text, name);
            text.append(':');
            if (value == null) {
                text.append("null");
            } else {
                quote(text, value.toString());
            }
        });
        return text.append('}').toString();
    }

    private static void quote(StringBuilder to, String text) {
        to.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, to);
        to.append('"');
    }

    private static List<String> allowed(Schema schema) {
        Object parameters = schema.getObjectProp("connect.parameters");
        Object allowed = parameters instanceof Map<?, ?> map ? map.get("allowed") : null;
        return allowed == null ? List.of() : List.of(allowed.toString().split(",", -1));
    }

    /**
     * A map from texts to texts, as {@code hstore.handling.mode=map} makes it: JSON text with sorted names, so that
     * equal maps have equal texts.
     */
    static AvroColumn map(String name, Schema values) {
        AvroColumn value = ColumnCompiler.column("{}", values);
        if (value.type().kind() != TypeKind.TEXT) {
            throw BadRecord.of(DecodeCode.UNSUPPORTED_TYPE, "map of other values than texts");
        }
        ColumnReader reader = value.reader();
        return new AvroColumn(name, DataType.of(TypeKind.JSON), false, AvroColumn.Unsent.STAND_IN, in -> {
            TreeMap<String, @Nullable Object> entries = new TreeMap<>();
            in.readBlocks(() -> {
                String key = in.readString();
                Object text = reader.read(in);
                if (entries.containsKey(key)) {
                    throw in.bad(DecodeCode.LOGICAL_TYPE, "map with a name twice");
                }
                entries.put(key, text);
            });
            return json(entries);
        });
    }

    /** An enumeration of Avro's own. */
    static AvroColumn symbols(String name, List<String> symbols) {
        return new AvroColumn(
                name,
                DataType.enumeration(symbols),
                false,
                AvroColumn.Unsent.NEVER,
                in -> symbols.get(in.readIndex(symbols.size())));
    }

    /**
     * A UUID in its canonical form, lower case. The empty text passes too, because it stands for "not sent" in
     * an image that holds only the key; {@code WholeImage} refuses it in every other image.
     */
    static String uuid(AvroInput in) {
        String text = in.readString();
        if (text.isEmpty()) {
            return text;
        }
        if (text.length() != UUID_FORM.length()) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "text is not a UUID");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sound = UUID_FORM.charAt(i) == '-' ? c == '-' : HexFormat.isHexDigit(c);
            if (!sound) {
                throw in.bad(DecodeCode.LOGICAL_TYPE, "text is not a UUID");
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
