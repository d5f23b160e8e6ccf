package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.AvroInput;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.ColumnCompiler;
import dev.sluice.cdc.decode.avro.ColumnReader;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.Skip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the named fields of a record in any order, and passes over the others. Used for the source block, the
 * transaction block and the transaction topic, because releases of Debezium add fields to them.
 */
final class SourceReader {

    /** A field of the record: the slot of its value with the reader, or -1 when the value is passed over. */
    private record SlotField(String name, int slot, @Nullable ColumnReader reader, Skip skip) {}

    private final List<SlotField> fields;
    private final int slots;

    private SourceReader(List<SlotField> fields, int slots) {
        this.fields = fields;
        this.slots = slots;
    }

    /**
     * A reader of some fields of that record schema.
     *
     * @param wanted slot by field name; fields that the schema lacks read as null
     */
    static SourceReader of(Schema schema, Map<String, Integer> wanted) {
        List<SlotField> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Integer slot = wanted.get(field.name());
            ColumnReader reader = slot == null
                    ? null
                    : ColumnCompiler.column(field.name(), field.schema()).reader();
            fields.add(new SlotField(field.name(), slot == null ? -1 : slot, reader, Skip.of(field.schema())));
        }
        return new SourceReader(List.copyOf(fields), wanted.size());
    }

    /** The wanted values by slot. */
    @Nullable
    Object[] read(AvroInput in) {
        @Nullable Object[] values = new Object[slots];
        for (SlotField field : fields) {
            try {
                if (field.reader() == null) {
                    field.skip().skip(in);
                } else {
                    values[field.slot()] = field.reader().read(in);
                }
            } catch (BadRecord e) {
                throw e.in(field.name());
            }
        }
        return values;
    }

    /** A value that must be text or absent. */
    static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** A value that must be a number. */
    static long number(@Nullable Object value, DecodeCode code, String what) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Integer number) {
            return number;
        }
        throw BadRecord.of(code, what);
    }
}
