package dev.sluice.sinks.intake;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Describes the treated columns of a dataset, as a change of the batch has them.
 *
 * @param dataset the dataset
 * @param columns column types by name, as text of Spark's type language; in source order
 */
public record TableShape(DatasetId dataset, Map<String, String> columns) implements Serializable {

    public TableShape {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** The shape of changes with those fields. */
    public static TableShape of(DatasetId dataset, RowSchema outputs) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Field field : outputs.fields()) {
            columns.put(field.name(), StoredTypes.column(field.type()).json());
        }
        return new TableShape(dataset, columns);
    }

    byte[] encode() {
        Bytes.Out out = new Bytes.Out();
        out.text(dataset.source()).text(dataset.schema()).text(dataset.table()).number(columns.size());
        columns.forEach((name, type) -> out.text(name).text(type));
        return out.done();
    }

    static TableShape decode(byte[] bytes) {
        Bytes.In in = new Bytes.In(bytes);
        DatasetId dataset = new DatasetId(in.text(), in.text(), in.text());
        Map<String, String> columns = new LinkedHashMap<>();
        long count = in.number();
        for (long i = 0; i < count; i++) {
            columns.put(in.text(), in.text());
        }
        return new TableShape(dataset, columns);
    }

    @Override
    public boolean equals(Object other) {
        // Map equality ignores the order of columns, and so does a table.
        return other instanceof TableShape shape && dataset.equals(shape.dataset) && columns.equals(shape.columns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dataset, columns);
    }
}
