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
 * Reads the named fields of a record in whatever order and company they come, and passes over the others. Serves the
 * source block, the transaction block and the transaction topic, whose fields grow from release to release.
 */
final class SourceReader {

    private record Step(String name, int slot, @Nullable ColumnReader reader, Skip skip) {}

    private final List<Step> steps;
    private final int slots;

    private SourceReader(List<Step> steps, int slots) {
        this.steps = steps;
        this.slots = slots;
    }

    /**
     * A reader of some fields of that record schema.
     *
     * @param wanted slot by field name; fields that the schema lacks read as null
     */
    static SourceReader of(Schema schema, Map<String, Integer> wanted) {
        List<Step> steps = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            Integer slot = wanted.get(field.name());
            ColumnReader reader = slot == null
                    ? null
                    : ColumnCompiler.column(field.name(), field.schema()).reader();
            steps.add(new Step(field.name(), slot == null ? -1 : slot, reader, Skip.of(field.schema())));
        }
        return new SourceReader(List.copyOf(steps), wanted.size());
    }

    /** The wanted values by slot. */
    @Nullable
    Object[] read(AvroInput in) {
        @Nullable Object[] values = new Object[slots];
        for (Step step : steps) {
            try {
                if (step.reader() == null) {
                    step.skip().skip(in);
                } else {
                    values[step.slot()] = step.reader().read(in);
                }
            } catch (BadRecord e) {
                throw e.in(step.name());
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
