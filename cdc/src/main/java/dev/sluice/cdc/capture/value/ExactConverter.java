package dev.sluice.cdc.capture.value;

import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of all columns but enumerations and {@code hstore}, which the engine converts right.
 *
 * <p>Every column may be null, whatever the catalog says now: the engine asks the catalog, which may forbid null since
 * a time after the change was logged, and it would put zero or an empty text in the place of the null.
 *
 * <p>Public because the engine makes it by name. Confined to the engine's threads.
 */
public final class ExactConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {

    static final String PLACEHOLDER = "placeholder";
    static final String NESTED = "nested";

    private String placeholder = "";
    private Set<String> nested = Set.of();

    @Override
    public void configure(Properties settings) {
        placeholder = settings.getProperty(PLACEHOLDER, "");
        nested = settings.getProperty(NESTED, "").lines().collect(Collectors.toSet());
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        boolean arraysInside = nested.contains(column.dataCollection() + "." + column.name());
        WireForms.of(column, arraysInside).ifPresent(form -> {
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
