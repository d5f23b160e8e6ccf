package dev.sluice.cdc.decode.avro;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * Finds the name that the database gives a column. Avro allows letters, digits and underscores only; for a column with
 * another name our capture writes the name as the Connect parameter {@value #PARAMETER} of the field's type, and other
 * programs write the name in another spelling.
 */
public enum ColumnNames {
    /** Fields have the names of the columns. */
    AS_IS,

    /**
     * Debezium's {@code field.name.adjustment.mode=avro_unicode}: an underscore and every character that Avro does not
     * allow is written as {@code _u} and the four hex digits of its UTF-16 code unit. No two names have one spelling.
     */
    AVRO_UNICODE;

    private static final String PARAMETERS = "connect.parameters";
    private static final String PARAMETER = "sluice.name";
    private static final Pattern ESCAPE = Pattern.compile("_u([0-9a-f]{4})");

    /** The name of the column of that field. */
    String of(Schema.Field field) {
        Schema type = field.schema();
        if (type.isUnion()) {
            return type.getTypes().stream()
                    .filter(branch -> branch.getType() != Schema.Type.NULL)
                    .map(ColumnNames::parameter)
                    .filter(name -> !name.isEmpty())
                    .findFirst()
                    .orElseGet(() -> plain(field.name()));
        }
        String name = parameter(type);
        return name.isEmpty() ? plain(field.name()) : name;
    }

    private String plain(String name) {
        return this == AS_IS
                ? name
                : ESCAPE.matcher(name)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static String parameter(Schema type) {
        return type.getObjectProp(PARAMETERS) instanceof Map<?, ?> parameters
                        && parameters.get(PARAMETER) instanceof String name
                ? name
                : "";
    }
}
