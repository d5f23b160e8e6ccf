package dev.sluice.cdc.capture.encode;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Gives Connect schemas names that Avro allows (Avro specification 1.12, "Names"): a letter or an underscore, then
 * letters, digits and underscores. A database allows any name. Where a column has another name, the schema of its field
 * carries the column's name as the parameter {@value #PARAMETER}, which {@code cdc.decode} reads; so no name is lost
 * and no two names become one. Schemas whose names are all allowed stay as they are.
 */
final class AvroNames {

    /** The name of a column as the database spells it. */
    static final String PARAMETER = "sluice.name";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern ALLOWED_FULL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private AvroNames() {}

    /** The schema with allowed names; the same object when nothing has to change. Fields keep their order. */
    static Schema of(Schema schema) {
        return isAllowed(schema) ? schema : copy(schema, null);
    }

    private static boolean isAllowed(Schema schema) {
        return switch (schema.type()) {
            case STRUCT -> isAllowedFull(schema.name())
                    && schema.fields().stream()
                            .allMatch(field -> ALLOWED.matcher(field.name()).matches() && isAllowed(field.schema()));
            case ARRAY -> isAllowed(schema.valueSchema());
            case MAP -> isAllowed(schema.keySchema()) && isAllowed(schema.valueSchema());
            default -> true;
        };
    }

    private static boolean isAllowedFull(@Nullable String name) {
        return name == null || ALLOWED_FULL.matcher(name).matches();
    }

    private static Schema copy(Schema schema, @Nullable String column) {
        SchemaBuilder copy = shape(schema);
        if (schema.name() != null) {
            copy.name(schema.type() == Schema.Type.STRUCT ? allowedFull(schema.name()) : schema.name());
        }
        if (column != null) {
            copy.parameter(PARAMETER, column);
        }
        describe(copy, schema);
        return copy.build();
    }

    private static SchemaBuilder shape(Schema schema) {
        return switch (schema.type()) {
            case STRUCT -> struct(schema);
            case ARRAY -> SchemaBuilder.array(copy(schema.valueSchema(), null));
            case MAP -> SchemaBuilder.map(copy(schema.keySchema(), null), copy(schema.valueSchema(), null));
            default -> SchemaBuilder.type(schema.type());
        };
    }

    private static void describe(SchemaBuilder copy, Schema schema) {
        if (schema.version() != null) {
            copy.version(schema.version());
        }
        if (schema.doc() != null) {
            copy.doc(schema.doc());
        }
        if (schema.parameters() != null) {
            schema.parameters().forEach(copy::parameter);
        }
        if (schema.isOptional()) {
            copy.optional();
        }
        if (schema.defaultValue() != null && schema.type() != Schema.Type.STRUCT) {
            copy.defaultValue(schema.defaultValue());
        }
    }

    private static SchemaBuilder struct(Schema schema) {
        Set<String> taken = new HashSet<>();
        schema.fields().forEach(field -> taken.add(field.name()));
        SchemaBuilder struct = SchemaBuilder.struct();
        for (Field field : schema.fields()) {
            if (ALLOWED.matcher(field.name()).matches()) {
                struct.field(field.name(), copy(field.schema(), null));
            } else {
                String name = allowed(field.name());
                while (!taken.add(name)) {
                    name += "_";
                }
                struct.field(name, copy(field.schema(), field.name()));
            }
        }
        return struct;
    }

    private static String allowedFull(String name) {
        StringBuilder full = new StringBuilder();
        for (String part : name.split("\\.", -1)) {
            full.append(full.isEmpty() ? "" : ".").append(allowed(part));
        }
        return full.toString();
    }

    private static String allowed(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9_]", "_");
        return letters.isEmpty() || Character.isDigit(letters.charAt(0)) ? "_" + letters : letters;
    }
}
