package dev.sluice.cdc.decode.avro;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * Finds the name that the database gives a column. Avro allows letters, digits and underscores only; for a column with
 * another name our capture writes the name as the Connect parameter {@value #PARAMETER} of the field's type.
 */
final class ColumnNames {

    private static final String PARAMETERS = "connect.parameters";
    private static final String PARAMETER = "sluice.name";

    private ColumnNames() {}

    static String of(Schema.Field field) {
        Schema type = field.schema();
        if (type.isUnion()) {
            return type.getTypes().stream()
                    .filter(branch -> branch.getType() != Schema.Type.NULL)
                    .map(ColumnNames::parameter)
                    .filter(name -> !name.isEmpty())
                    .findFirst()
                    .orElse(field.name());
        }
        String name = parameter(type);
        return name.isEmpty() ? field.name() : name;
    }

    private static String parameter(Schema type) {
        return type.getObjectProp(PARAMETERS) instanceof Map<?, ?> parameters
                        && parameters.get(PARAMETER) instanceof String name
                ? name
                : "";
    }
}
