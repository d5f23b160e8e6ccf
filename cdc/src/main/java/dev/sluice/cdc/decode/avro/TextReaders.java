package dev.sluice.cdc.decode.avro;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;

/** Reads values that are text on the wire. */
final class TextReaders {

    private static final String ENUM = "io.debezium.data.Enum";

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

    private static List<String> allowed(Schema schema) {
        Object parameters = schema.getObjectProp("connect.parameters");
        Object allowed = parameters instanceof Map<?, ?> map ? map.get("allowed") : null;
        return allowed == null ? List.of() : List.of(allowed.toString().split(",", -1));
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
