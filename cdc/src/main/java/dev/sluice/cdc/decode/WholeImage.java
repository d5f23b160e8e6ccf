package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.AvroColumn;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.DataType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses images that look complete but lack values that the source did not send. */
final class WholeImage {

    private static final Set<DataType.TypeKind> NEVER_TEXT =
            EnumSet.of(DataType.TypeKind.ARRAY, DataType.TypeKind.DECIMAL, DataType.TypeKind.BIG_DECIMAL);

    private WholeImage() {}

    /**
     * Refuses a null or empty value of an update where Debezium sends the same for a large value that the source
     * did not send. With a full image before the change (replica identity FULL) the source sends every value, so a null
     * is a real null.
     *
     * @param silent the columns of these kinds
     */
    static void refuseSilentGaps(
            List<AvroColumn> columns,
            Set<AvroColumn.Unsent> silent,
            @Nullable Object @Nullable [] before,
            @Nullable Object[] values) {
        if (before != null) {
            return;
        }
        for (int i = 0; i < values.length; i++) {
            if (silent.contains(columns.get(i).unsent()) && isEmpty(values[i])) {
                throw BadRecord.of(
                                DecodeCode.AMBIGUOUS_NULL,
                                "null that may stand for a large unchanged value; set REPLICA IDENTITY FULL")
                        .in("after." + columns.get(i).name());
            }
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || value.equals(List.of()) || (value instanceof byte[] bytes && bytes.length == 0);
    }

    /**
     * Refuses the empty text where a UUID must be, which only an image that holds nothing but the key may have, and the
     * stand-in of another capture where a decimal or an array must be.
     */
    static void refuseFillers(List<AvroColumn> columns, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            DataType.TypeKind kind = columns.get(i).type().kind();
            if (values[i] instanceof String && NEVER_TEXT.contains(kind)) {
                throw BadRecord.of(DecodeCode.LOGICAL_TYPE, "text of no value; it may be the stand-in of a capture")
                        .in(columns.get(i).name());
            }
            if ("".equals(values[i]) && kind == DataType.TypeKind.UUID) {
                throw BadRecord.of(DecodeCode.LOGICAL_TYPE, "text is not a UUID")
                        .in(columns.get(i).name());
            }
        }
    }
}
