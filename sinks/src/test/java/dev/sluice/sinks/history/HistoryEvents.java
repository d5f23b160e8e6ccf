package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change.Op;
import dev.sluice.cdc.event.Origin;
import java.util.HashMap;
import java.util.Map;

/** Events for tests, with a seq from a number. */
public final class HistoryEvents {

    private HistoryEvents() {}

    public static String seq(int number) {
        return String.format("%016x.1.%08x", number, 0);
    }

    public static Event write(int number, long at, Object... namesAndValues) {
        return new Event(seq(number), at, Op.UPDATE, image(namesAndValues), null, provenance(number));
    }

    public static Event delete(int number, long at) {
        return new Event(seq(number), at, Op.DELETE, null, null, provenance(number));
    }

    public static Event truncate(int number, long at) {
        return new Event(seq(number), at, Op.TRUNCATE, null, null, provenance(number));
    }

    public static Image image(Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = "?".equals(namesAndValues[i + 1]) ? Absent.VALUE : namesAndValues[i + 1];
            values.put((String) namesAndValues[i], value);
        }
        return Image.of(values);
    }

    public static Provenance provenance(int number) {
        return new Provenance(
                "test:" + seq(number), "tx", new Origin("t", 0, number, 0L), 1, "plan", "g/1", null, null);
    }
}
