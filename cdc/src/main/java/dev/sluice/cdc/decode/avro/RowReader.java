package dev.sluice.cdc.decode.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads a record of columns. Compiled once per writer schema; has no state and is thread-safe. */
public final class RowReader {

    private final List<AvroColumn> columns;
    private final List<@Nullable Object> defaults;

    private RowReader(List<AvroColumn> columns, List<@Nullable Object> defaults) {
        this.columns = columns;
        this.defaults = defaults;
    }

    /** The reader of that record schema, whose fields have the names of the columns. */
    public static RowReader of(Schema schema) {
        return of(schema, ColumnNames.AS_IS);
    }

    /**
     * The reader of that record schema.
     *
     * @param names how the fields spell the names of the columns
     * @throws BadRecord when a column cannot be read
     */
    public static RowReader of(Schema schema, ColumnNames names) {
        List<AvroColumn> columns = new ArrayList<>();
        List<@Nullable Object> defaults = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            AvroColumn column = ColumnCompiler.column(names.of(field), field.schema());
            columns.add(column);
            defaults.add(column.nullable() || !field.hasDefaultValue() ? null : defaultOf(field, column));
        }
        return new RowReader(List.copyOf(columns), Collections.unmodifiableList(defaults));
    }

    /** The declared default as the column's reader reads it; null when it is none that the type can hold. */
    private static @Nullable Object defaultOf(Schema.Field field, AvroColumn column) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<@Nullable Object>(field.schema())
                    .write(GenericData.get().getDefaultValue(field), encoder);
            return column.reader().read(new AvroInput(bytes.toByteArray(), 0, DecodeLimits.standard()));
        } catch (AvroRuntimeException | IOException | BadRecord e) {
            return null;
        }
    }

    /** The columns in the order of the wire. */
    public List<AvroColumn> columns() {
        return columns;
    }

    /**
     * The declared default of each column that cannot be null, else null. A default never replaces a value; it
     * shows which values of an image Debezium filled in.
     */
    public List<@Nullable Object> defaults() {
        return defaults;
    }

    /** The next row's values. */
    public @Nullable Object[] read(AvroInput in) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            AvroColumn column = columns.get(i);
            try {
                values[i] = column.reader().read(in);
            } catch (BadRecord e) {
                throw e.in(column.name());
            }
        }
        return values;
    }
}
