package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.AvroColumn;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fields of a row with those of its key; there is one shape per pair of value schema and key schema.
 *
 * @param row fields of the row, key fields marked
 * @param key the key fields in key order
 * @param places where the key fields stand in the row
 * @param keyColumns the columns that the key was compiled from
 */
record RowShape(RowSchema row, RowSchema key, List<Integer> places, List<AvroColumn> keyColumns) {

    /**
     * The shape of these columns.
     *
     * @throws BadRecord when a key column is no column of the row, or has another type there
     */
    static RowShape of(List<AvroColumn> columns, List<AvroColumn> keyColumns) {
        List<String> names = columns.stream().map(AvroColumn::name).toList();
        List<String> keyNames = keyColumns.stream().map(AvroColumn::name).toList();
        List<Integer> places = new ArrayList<>();
        for (AvroColumn part : keyColumns) {
            int place = names.indexOf(part.name());
            if (place < 0 || !columns.get(place).type().equals(part.type())) {
                throw BadRecord.of(DecodeCode.KEY_MISMATCH, "key column " + part.name() + " is not one of the row's");
            }
            places.add(place);
        }
        List<Field> fields =
                columns.stream().map(c -> field(c, keyNames.contains(c.name()))).collect(Collectors.toList());
        List<Field> keyFields = places.stream().map(fields::get).toList();
        return new RowShape(RowSchema.of(fields), RowSchema.of(keyFields), List.copyOf(places), keyColumns);
    }

    /** A key part is never null, whatever its schema allows. */
    private static Field field(AvroColumn column, boolean key) {
        return new Field(column.name(), column.type(), column.nullable() && !key, key);
    }

    /** The values in key order, when the columns of another key schema have another order. */
    @Nullable
    Object[] inKeyOrder(List<AvroColumn> columns, @Nullable Object[] values) {
        if (columns == keyColumns) {
            return values;
        }
        if (columns.size() != key.fields().size()) {
            throw BadRecord.of(DecodeCode.KEY_MISMATCH, "a key of another number of columns");
        }
        @Nullable Object[] ordered = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            AvroColumn column = columns.get(i);
            int place = key.indexOf(column.name());
            if (place < 0 || !key.fields().get(place).type().equals(column.type())) {
                throw BadRecord.of(DecodeCode.KEY_MISMATCH, "column " + column.name() + " is not in the key");
            }
            ordered[place] = values[i];
        }
        return ordered;
    }

    /** A key of these values; no part may be null or absent. */
    Row keyRow(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null || values[i] == Absent.VALUE) {
                throw BadRecord.of(
                        DecodeCode.NULL_KEY_PART,
                        "key column " + key.fields().get(i).name());
            }
        }
        return new Row(key, values);
    }

    /** A row image, whose key fields must equal the key of the record. */
    Row image(@Nullable Object[] values, Row keyRow) {
        for (int i = 0; i < places.size(); i++) {
            Object inRow = values[places.get(i)];
            if (!same(inRow, keyRow.value(i))) {
                throw BadRecord.of(
                        DecodeCode.KEY_MISMATCH,
                        "row and record key differ in column "
                                + key.fields().get(i).name());
            }
        }
        return new Row(row, values);
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.equals(a, b);
        }
        return Objects.equals(left, right);
    }
}
