package dev.sluice.sinks.layout;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.Image;
import dev.sluice.sinks.history.Provenance;
import dev.sluice.sinks.history.Version;
import dev.sluice.sinks.intake.Micros;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Turns versions into rows of a history table and back. Immutable. */
public final class VersionRows implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int DELIVERY = 13;

    private final List<String> business;

    public VersionRows(TableColumns columns) {
        this.business = columns.business();
    }

    /** The row of a version. */
    public Row row(String key, Version version) {
        Object[] cells = new Object[business.size() + 8];
        for (int i = 0; i < business.size(); i++) {
            cells[i] = toSpark(version.image().value(business.get(i)));
        }
        Event opening = version.opening();
        Version.Closing closing = version.closing();
        int at = business.size();
        cells[at] = instant(version.validFrom());
        cells[at + 1] = closing == null ? null : instant(closing.validTo());
        cells[at + 2] = closing == null;
        cells[at + 3] = opening.op().code();
        cells[at + 4] = opening.seq();
        cells[at + 5] = key;
        cells[at + 6] = opening.subject();
        cells[at + 7] = provenance(version);
        return RowFactory.create(cells);
    }

    /** A row that says to remove a version: it has an identity but no operation. */
    public Row removal(String key, String seq) {
        Object[] cells = new Object[business.size() + 8];
        cells[business.size() + 4] = seq;
        cells[business.size() + 5] = key;
        return RowFactory.create(cells);
    }

    /** The version of a row whose columns are those of the table, in order. */
    public Version version(Row row) {
        int at = business.size();
        Row provenance = row.getStruct(at + 7);
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < at; i++) {
            values.put(business.get(i), fromSpark(row.get(i)));
        }
        Image image = Image.of(values);
        Image sent = image.without(filled(provenance));
        Event opening = new Event(
                row.getString(at + 4),
                micros(provenance.get(2)),
                op(row.getString(at + 3)),
                sent,
                row.isNullAt(at + 6) ? null : row.getString(at + 6),
                provenance(provenance));
        return new Version(opening, image, micros(row.get(at)), closing(row, at, provenance));
    }

    private static List<String> filled(Row provenance) {
        return fromSpark(provenance.get(DELIVERY)) instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Position of the column with the key. */
    public int keyColumn() {
        return business.size() + 5;
    }

    private static Version.@Nullable Closing closing(Row row, int at, Row provenance) {
        if (row.isNullAt(at + 1)) {
            return null;
        }
        Row by = provenance.getStruct(DELIVERY + 1);
        Version.ClosingEvent end = new Version.ClosingEvent(
                by.getString(DELIVERY), micros(by.get(2)), op(by.getString(DELIVERY + 1)), provenance(by));
        return new Version.Closing(micros(row.get(at + 1)), end);
    }

    private static Row provenance(Version version) {
        Event opening = version.opening();
        Object[] cells = delivery(DELIVERY + 2, opening.seq(), opening.committedAt(), opening.provenance());
        Image sent = opening.image();
        List<String> filled = sent == null ? List.of() : sent.absent();
        cells[DELIVERY] = filled.isEmpty() ? null : filled.toArray();
        Version.Closing closing = version.closing();
        cells[DELIVERY + 1] = closing == null ? null : closedBy(closing.event());
        return RowFactory.create(cells);
    }

    private static Row closedBy(Version.ClosingEvent end) {
        Object[] cells = delivery(DELIVERY + 2, end.seq(), end.committedAt(), end.provenance());
        cells[DELIVERY] = end.seq();
        cells[DELIVERY + 1] = end.op().code();
        return RowFactory.create(cells);
    }

    private static Object[] delivery(int width, String seq, long committedAt, Provenance from) {
        Object[] cells = new Object[width];
        cells[0] = from.eventId();
        cells[1] = SourcePosition.parse(seq).lsn();
        cells[2] = instant(committedAt);
        cells[3] = from.transaction();
        cells[4] = from.origin().topic();
        cells[5] = from.origin().partition();
        cells[6] = from.origin().offset();
        cells[7] = from.schemaId();
        cells[8] = from.planId();
        cells[9] = from.batch();
        cells[10] = from.movedFrom();
        cells[11] = from.movedTo();
        cells[12] = from.origin().topicId();
        return cells;
    }

    private static Provenance provenance(Row row) {
        return new Provenance(
                row.getString(0),
                row.getString(3),
                new Origin(row.getString(4), row.getString(12), row.getInt(5), row.getLong(6), 0L),
                row.getInt(7),
                row.getString(8),
                row.getString(9),
                row.isNullAt(10) ? null : row.getString(10),
                row.isNullAt(11) ? null : row.getString(11));
    }

    static Change.Op op(String code) {
        return Change.Op.ofCode(code)
                .orElseThrow(() -> new IllegalStateException("A row of a history table has an unknown operation."));
    }

    static long micros(Object timestamp) {
        return Micros.of((Instant) timestamp);
    }

    static Instant instant(long micros) {
        return Micros.instant(micros);
    }

    /** A list is a sequence of Scala in a row of Spark; every other value is the same. */
    private static @Nullable Object toSpark(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(VersionRows::toSpark).toArray()
                : value;
    }

    private static @Nullable Object fromSpark(@Nullable Object cell) {
        if (!(cell instanceof scala.collection.Seq<?> seq)) {
            return cell;
        }
        List<@Nullable Object> values = new ArrayList<>();
        CollectionConverters.asJava(seq).forEach(value -> values.add(fromSpark(value)));
        return values;
    }
}
