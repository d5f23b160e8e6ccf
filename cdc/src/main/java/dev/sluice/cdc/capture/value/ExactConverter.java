package dev.sluice.cdc.capture.value;

import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of all columns but {@code hstore}, which the engine converts right.
 *
 * <p>Every column may be null, whatever the catalog says now: the engine asks the catalog, which may forbid null since
 * a time after the change was logged, and it would put zero or an empty text in the place of the null.
 *
 * <p>Public because the engine makes it by name. Confined to the engine's threads.
 */
public final class ExactConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {

    static final String PLACEHOLDER = "placeholder";
    static final String NESTED = "nested";
    static final String LABELS = "labels";

    private String placeholder = "";
    private Set<String> nested = Set.of();
    private Map<String, String> labels = Map.of();

    @Override
    public void configure(Properties settings) {
        placeholder = settings.getProperty(PLACEHOLDER, "");
        nested = settings.getProperty(NESTED, "").lines().collect(Collectors.toSet());
        labels = settings.getProperty(LABELS, "")
                .lines()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[parts.length - 1], (one, two) -> one));
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        String name = column.dataCollection() + "." + column.name();
        WireForms.of(column, nested.contains(name), labels.getOrDefault(name, ""))
                .ifPresent(form -> {
                    boolean hasDefault = column.hasDefaultValue() && column.defaultValue() != null;
                    SchemaBuilder schema = form.schema().get().optional();
                    registration.register(schema, new Conversion(form, schema.type(), placeholder, hasDefault));
                });
    }

    /** Converts the values of one column. */
    private static final class Conversion implements Converter {
        private final WireForm form;
        private final Object unsent;
        private boolean expectsDefault;

        /**
         * A conversion.
         *
         * @param expectsDefault whether the engine converts a default of the column first, before any value
         */
        Conversion(WireForm form, Schema.Type wire, String placeholder, boolean expectsDefault) {
            this.form = form;
            this.unsent = wire == Schema.Type.BYTES ? placeholder.getBytes(StandardCharsets.UTF_8) : placeholder;
            this.expectsDefault = expectsDefault;
        }

        @Override
        public @Nullable Object convert(@Nullable Object value) {
            if (expectsDefault) {
                // Defaults stay off the wire: no reader uses them, and Avro cannot hold NaN or infinity as one.
                expectsDefault = false;
                return null;
            }
            if (value == null) {
                return null;
            }
            return UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(value)
                    ? unsent
                    : form.value().apply(value);
        }
    }
}
