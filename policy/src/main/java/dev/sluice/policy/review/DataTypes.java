package dev.sluice.policy.review;

import dev.sluice.cdc.event.DataType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the type names that {@link DataType#describe()} writes. */
final class DataTypes {

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,4}),(\\d{1,4})\\)");
    private static final Pattern ARRAY = Pattern.compile("array<(.+)>");

    private DataTypes() {}

    /**
     * The type of that name; an enumeration without its symbols.
     *
     * @throws IllegalArgumentException when no type has that name
     */
    static DataType parse(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return DataType.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        Matcher array = ARRAY.matcher(name);
        if (array.matches()) {
            return DataType.array(parse(array.group(1)));
        }
        DataType.TypeKind kind = Stream.of(DataType.TypeKind.values())
                .filter(known -> known.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no type named " + name + "."));
        return kind == DataType.TypeKind.ENUM ? DataType.enumeration(List.of()) : DataType.of(kind);
    }
}
