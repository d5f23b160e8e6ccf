package dev.sluice.cdc.decode.avro;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a record of columns. Compiled once per writer schema; stateless and thread-safe. */
public final class RowReader {

    private final List<Column> columns;

    private RowReader(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * The reader of that record schema.
     *
     * @throws BadRecord when a column cannot be read
     */
    public static RowReader of(Schema schema) {
        List<Column> columns = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            columns.add(ColumnCompiler.column(field.name(), field.schema()));
        }
        return new RowReader(List.copyOf(columns));
    }

    /** The columns in the order of the wire. */
    public List<Column> columns() {
        return columns;
    }

    /** The next row's values. */
    public @Nullable Object[] read(AvroInput in) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            try {
                values[i] = column.reader().read(in);
            } catch (BadRecord e) {
                throw e.in(column.name());
            }
        }
        return values;
    }
}
