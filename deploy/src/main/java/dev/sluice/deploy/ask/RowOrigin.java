package dev.sluice.deploy.ask;

import dev.sluice.audit.lineage.RowProvenance;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.query.VersionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a stored version says of its own origin. */
final class RowOrigin {

    private RowOrigin() {}

    /** The origin of that version. */
    static RowProvenance of(VersionView version) {
        Map<String, @Nullable Object> from = version.provenance();
        String topic = text(from, "topic");
        String[] parts = topic.split("\\.", 3);
        String batch = text(from, "batch_id");
        int slash = batch.lastIndexOf('/');
        return new RowProvenance(
                new DatasetId(parts[0], parts[1], parts[2]),
                new RowProvenance.SourceEvent(
                        text(from, "event_id"),
                        SourcePosition.parse(version.seq()).lsn(),
                        text(from, "transaction"),
                        (Instant) get(from, "committed_at"),
                        op(version.op())),
                new RowProvenance.RawPlace(
                        topic, (Integer) get(from, "partition"), (Long) get(from, "offset"), (Integer)
                                get(from, "schema_id")),
                new RowProvenance.Treated(
                        text(from, "plan_id"),
                        new BatchId(batch.substring(0, slash), Long.parseLong(batch.substring(slash + 1)))),
                filled(from.get("filled")));
    }

    private static List<String> filled(@Nullable Object filled) {
        List<String> names = new ArrayList<>();
        if (filled instanceof List<?> list) {
            list.forEach(name -> names.add(String.valueOf(name)));
        } else if (filled instanceof scala.collection.Iterable<?> list) {
            list.foreach(name -> names.add(String.valueOf(name)));
        }
        return names;
    }

    private static String text(Map<String, @Nullable Object> from, String name) {
        Object value = from.get(name);
        return value == null ? "" : value.toString();
    }

    private static Object get(Map<String, @Nullable Object> from, String name) {
        return Objects.requireNonNull(from.get(name), name);
    }

    private static String op(String code) {
        return Change.Op.ofCode(code)
                .map(o -> o.name().toLowerCase(Locale.ROOT))
                .orElse(code);
    }
}
