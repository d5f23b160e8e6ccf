package dev.sluice.cdc.decode.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cdc.decode.avro.BadRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Compiles a Connect schema to the reader of its payloads; {@link ConnectSchema} has checked the schema. */
final class ConnectReaders {

    private ConnectReaders() {}

    /**
     * The reader of that schema.
     *
     * @param connect the schema as {@code JsonConverter} writes it
     * @param avro the same schema as Avro
     */
    static ValueReader of(JsonNode connect, Schema avro) {
        boolean optional = avro.isUnion();
        Schema type = optional ? avro.getTypes().get(1) : avro;
        ValueReader value = value(connect, type);
        return parser -> {
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                return value.read(parser);
            }
            if (!optional) {
                throw ScalarReaders.bad("null where the schema allows none");
            }
            return null;
        };
    }

    private static ValueReader value(JsonNode connect, Schema avro) {
        return switch (avro.getType()) {
            case RECORD -> struct(connect, avro);
            case ARRAY -> array(of(connect.path("items"), avro.getElementType()));
            case MAP -> map(of(connect.path("values"), avro.getValueType()));
            default -> ScalarReaders.of(connect, avro);
        };
    }

    private static ValueReader struct(JsonNode connect, Schema avro) {
        List<ValueReader> readers = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (Schema.Field field : avro.getFields()) {
            readers.add(of(connect.path("fields").path(field.pos()), field.schema()));
            places.put(field.name(), field.pos());
        }
        return parser -> fields(parser, new GenericData.Record(avro), readers, places);
    }

    private static GenericData.Record fields(
            JsonParser parser, GenericData.Record row, List<ValueReader> readers, Map<String, Integer> places)
            throws IOException {
        require(parser, JsonToken.START_OBJECT, "no object");
        int seen = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Integer place = places.get(name);
            if (place == null) {
                throw ScalarReaders.bad("field that the schema does not have");
            }
            parser.nextToken();
            row.put(place, field(parser, readers.get(place), name));
            seen++;
        }
        // The parser refuses a name that stands twice, so the number of fields tells that all are there.
        if (seen != readers.size()) {
            throw ScalarReaders.bad(readers.size() - seen + " fields of the schema are missing");
        }
        return row;
    }

    private static @Nullable Object field(JsonParser parser, ValueReader reader, String name) throws IOException {
        try {
            return reader.read(parser);
        } catch (BadRecord e) {
            throw e.in(name);
        }
    }

    private static ValueReader array(ValueReader element) {
        return parser -> {
            require(parser, JsonToken.START_ARRAY, "no array");
            List<@Nullable Object> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(element.read(parser));
            }
            return values;
        };
    }

    private static ValueReader map(ValueReader value) {
        return parser -> {
            require(parser, JsonToken.START_OBJECT, "no object");
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = ScalarReaders.sound(parser.currentName());
                parser.nextToken();
                values.put(name, value.read(parser));
            }
            return values;
        };
    }

    private static void require(JsonParser parser, JsonToken token, String otherwise) {
        if (parser.currentToken() != token) {
            throw ScalarReaders.bad(otherwise);
        }
    }
}
