package dev.sluice.sinks.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Turns stored values into cells of a Spark row and back: only lists differ. */
public final class Cells {

    private Cells() {}

    static @Nullable Object toSpark(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream().map(Cells::toSpark).toArray() : value;
    }

    static @Nullable Object fromSpark(@Nullable Object cell) {
        if (!(cell instanceof scala.collection.Seq<?> seq)) {
            return cell;
        }
        List<@Nullable Object> values = new ArrayList<>();
        CollectionConverters.asJava(seq).forEach(value -> values.add(fromSpark(value)));
        return values;
    }
}
