package dev.sluice.sinks;

import dev.sluice.cdc.event.Change.Op;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.cdc.event.Source;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.masking.Guarded;
import dev.sluice.masking.GuardedFixtures;
import dev.sluice.masking.Withheld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects guarded records as a topic would: offsets run on, positions are given. */
public final class Changes {

    /** Commit time of position n is this plus n seconds. */
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final DatasetId dataset;
    private RowSchema schema;
    private final List<Guarded> records = new ArrayList<>();
    private String topic;
    private String topicId = "";
    private long offset;

    public Changes(String table) {
        this(new DatasetId("shop", "public", table), schema("name", "city"));
    }

    public Changes(DatasetId dataset, RowSchema schema) {
        this.dataset = dataset;
        this.topic = dataset.topic();
        this.schema = schema;
    }

    public static RowSchema schema(String... texts) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("id", DataType.of(TypeKind.INT64), false, true));
        for (String text : texts) {
            fields.add(new Field(text, DataType.of(TypeKind.TEXT), true, false));
        }
        return RowSchema.of(fields);
    }

    public Changes with(RowSchema newSchema) {
        schema = newSchema;
        return this;
    }

    public Changes read(int position, long id, Object... rest) {
        return write(Op.READ, position, id, rest);
    }

    public Changes insert(int position, long id, Object... rest) {
        return write(Op.INSERT, position, id, rest);
    }

    public Changes update(int position, long id, Object... rest) {
        return write(Op.UPDATE, position, id, rest);
    }

    public Changes write(Op op, int position, long id, Object... rest) {
        Object[] values = new Object[rest.length + 1];
        values[0] = id;
        System.arraycopy(rest, 0, values, 1, rest.length);
        records.add(builder(op, position, id).after(values).build());
        return this;
    }

    public Changes delete(int position, long id) {
        records.add(builder(Op.DELETE, position, id).build());
        return this;
    }

    /** Delete and insert of a key change. */
    public Changes move(int position, long from, long to, Object... rest) {
        Object[] values = new Object[rest.length + 1];
        values[0] = to;
        System.arraycopy(rest, 0, values, 1, rest.length);
        records.add(builder(Op.DELETE, position, from).movedTo(key(to)).build());
        records.add(builder(Op.INSERT, position, to)
                .movedFrom(key(from))
                .after(values)
                .build());
        return this;
    }

    public Changes truncate(int position) {
        records.add(GuardedFixtures.change(origin(), source(Op.TRUNCATE, position), Op.TRUNCATE, schema)
                .build());
        return this;
    }

    public Changes dead(String code) {
        records.add(GuardedFixtures.rejection(origin(), Outcome.Stage.DECODE, code, "at byte 3"));
        return this;
    }

    /** A change of that row that cannot be treated. */
    public Changes dead(String code, long id) {
        records.add(GuardedFixtures.rejection(origin(), Outcome.Stage.PROTECT, code, "amount", key(id)));
        return this;
    }

    /** The topic has another name than the table. */
    public Changes named(String name) {
        topic = name;
        return this;
    }

    /** The topic was deleted and made again, with that id; the next records stand in the new topic. */
    public Changes inTopic(String id) {
        topicId = id;
        return from(0);
    }

    /** The next records stand at that place of the topic again, as a replay of its dead letters reads them. */
    public Changes from(long place) {
        offset = place;
        return this;
    }

    public Changes marker(String kind) {
        records.add(GuardedFixtures.withheld(origin(), Withheld.WithholdReason.MARKER, kind, "77"));
        return this;
    }

    public Changes erased() {
        records.add(GuardedFixtures.withheld(origin(), Withheld.WithholdReason.ERASED_SUBJECT, "subject-x", ""));
        return this;
    }

    public GuardedFixtures.ChangeBuilder builder(Op op, int position, long id) {
        return GuardedFixtures.change(origin(), source(op, position), op, schema)
                .key(key(id))
                .subject("subject-" + id);
    }

    public Changes add(Guarded record) {
        records.add(record);
        return this;
    }

    /** The records so far; the next ones follow them in the topic. */
    public List<Guarded> take() {
        List<Guarded> taken = List.copyOf(records);
        records.clear();
        return taken;
    }

    public static String key(long id) {
        return "[\"" + id + "\"]";
    }

    private Origin origin() {
        return new Origin(topic, topicId, 0, offset++, START.toEpochMilli());
    }

    private Source source(Op op, int position) {
        SourcePosition at = new SourcePosition(position, 0, op == Op.READ);
        return new Source(dataset, at, "tx" + position, START.plusSeconds(position), 7);
    }
}
