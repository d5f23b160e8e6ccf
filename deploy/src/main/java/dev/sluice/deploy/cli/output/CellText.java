package dev.sluice.deploy.cli.output;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one value of an answer on one line for people. */
final class CellText {

    private CellText() {}

    /** A dash for null, control characters made visible, everything else as it is. */
    static String of(@Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            return list.isEmpty() ? "-" : list.stream().map(CellText::of).collect(Collectors.joining("; "));
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().map(CellText::of).collect(Collectors.joining(" "));
        }
        return value == null ? "-" : value.toString().replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    /** The name of a field as people read it. */
    static String name(String field) {
        return field.replace('_', ' ');
    }
}
