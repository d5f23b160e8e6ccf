package dev.sluice.sinks.intake;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Source;
import dev.sluice.masking.Guarded;
import dev.sluice.masking.ProtectedChange;
import dev.sluice.masking.SealedRejection;
import dev.sluice.masking.Withheld;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.Image;
import dev.sluice.sinks.history.Provenance;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Turns guarded records of every kind into rows of one form. Not thread-safe: one instance for each task. Throws a
 * {@link dev.sluice.sinks.SinkException} {@code SNK-012} when a change has no key or no image.
 *
 * <p>Besides one row per record, a task emits one {@link #SHAPE} row for every combination of columns it met, so that
 * the rows themselves need not carry their types.
 */
public final class IntakeRows implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Values of the column {@code kind}. */
    public static final String CHANGE = "CHANGE";

    public static final String TRUNCATE = "TRUNCATE";
    public static final String DEAD = "DEAD";
    public static final String FILTERED = "FILTERED";
    public static final String SUPPRESSED = "SUPPRESSED";
    public static final String SHAPE = "SHAPE";

    /** Positions of the columns. */
    public static final int KIND = 0;

    public static final int TOPIC = 1;
    public static final int PARTITION = 2;
    public static final int OFFSET = 3;
    public static final int DATASET = 4;
    public static final int KEY = 5;
    public static final int SEQ = 6;
    public static final int PLAN = 7;
    public static final int DETAIL = 8;
    public static final int TRANSACTION = 9;
    public static final int STAGE = 10;
    public static final int CODE = 11;
    public static final int SEALED_BY = 12;
    public static final int SUBJECT = 13;
    public static final int PAYLOAD = 14;
    public static final int TOPIC_ID = 15;

    /** The columns. */
    public static final StructType SCHEMA = new StructType()
            .add("kind", DataTypes.StringType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("dataset", DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("seq", DataTypes.StringType)
            .add("plan", DataTypes.StringType)
            .add("detail", DataTypes.StringType)
            .add("transaction", DataTypes.StringType)
            .add("stage", DataTypes.StringType)
            .add("code", DataTypes.StringType)
            .add("sealed_by", DataTypes.StringType)
            .add("subject", DataTypes.StringType)
            .add("payload", DataTypes.BinaryType)
            .add("topic_id", DataTypes.StringType);

    private final String batch;
    private final Set<String> shapes = new HashSet<>();

    IntakeRows(String batch) {
        this.batch = batch;
    }

    /** Adds the rows of one record. */
    void add(Guarded guarded, List<Row> rows) {
        if (guarded instanceof ProtectedChange change) {
            shape(change, rows);
            rows.add(change(change));
        } else if (guarded instanceof SealedRejection dead) {
            rows.add(dead(dead));
        } else if (guarded instanceof Withheld withheld) {
            rows.add(withheld(withheld));
        } else {
            throw new IllegalArgumentException("The sinks do not know this kind of guarded record: "
                    + guarded.getClass().getSimpleName() + ".");
        }
    }

    private void shape(ProtectedChange change, List<Row> rows) {
        Source source = change.source();
        String dataset = Lake.name(source.dataset());
        if (shapes.add(dataset + "/" + change.outputs().fingerprint())) {
            Object[] cells = cells(SHAPE, change.origin());
            cells[DATASET] = dataset;
            cells[PAYLOAD] = TableShape.of(source.dataset(), change.outputs()).encode();
            rows.add(RowFactory.create(cells));
        }
    }

    private Row change(ProtectedChange change) {
        boolean truncate = change.op() == Change.Op.TRUNCATE;
        Event event = event(change);
        Object[] cells = cells(truncate ? TRUNCATE : CHANGE, change.origin());
        cells[DATASET] = Lake.name(change.source().dataset());
        cells[KEY] = change.keyText().orElse(null);
        if (!truncate && cells[KEY] == null) {
            throw SinkErrors.incomplete(change.origin().coordinates(), "key");
        }
        cells[SEQ] = event.seq();
        cells[PLAN] = change.planId();
        cells[PAYLOAD] = HistoryEventCodec.encode(event);
        return RowFactory.create(cells);
    }

    private Event event(ProtectedChange change) {
        Source source = change.source();
        boolean removes = change.op() == Change.Op.DELETE || change.op() == Change.Op.TRUNCATE;
        Image image = removes ? null : image(change);
        Provenance provenance = new Provenance(
                source.eventId(),
                source.transaction(),
                change.origin(),
                source.schemaId(),
                change.planId(),
                batch,
                change.movedFrom().orElse(null),
                change.movedTo().orElse(null));
        return new Event(
                source.position().seq(),
                Micros.of(source.committedAt()),
                change.op(),
                image,
                change.subject().orElse(null),
                provenance);
    }

    private static Image image(ProtectedChange change) {
        return change.after()
                .map(StoredTypes::image)
                .orElseThrow(() -> SinkErrors.incomplete(change.origin().coordinates(), "image"));
    }

    private static Row dead(SealedRejection dead) {
        Object[] cells = cells(DEAD, dead.origin());
        cells[KEY] = dead.key().orElse(null);
        cells[STAGE] = dead.stage().name();
        cells[CODE] = dead.code();
        cells[DETAIL] = dead.detail();
        cells[SEALED_BY] = dead.keyId();
        cells[SUBJECT] = dead.subject().orElse(null);
        cells[PAYLOAD] = dead.sealedPayload();
        return RowFactory.create(cells);
    }

    private static Row withheld(Withheld withheld) {
        String kind =
                switch (withheld.reason()) {
                    case MARKER -> FILTERED;
                    case ERASED_SUBJECT -> SUPPRESSED;
                };
        Object[] cells = cells(kind, withheld.origin());
        // The detail of a suppressed record is the person's pseudonym; counting needs none.
        cells[DETAIL] = kind.equals(FILTERED) ? withheld.detail() : null;
        cells[TRANSACTION] = withheld.transaction();
        return RowFactory.create(cells);
    }

    private static Object[] cells(String kind, Origin origin) {
        Object[] cells = new Object[SCHEMA.size()];
        cells[KIND] = kind;
        cells[TOPIC] = origin.topic();
        cells[PARTITION] = origin.partition();
        cells[OFFSET] = origin.offset();
        cells[TOPIC_ID] = origin.topicId();
        return cells;
    }

    /** The id of the dead letter of the record of the row. */
    public static String letterId(Row row) {
        return origin(row).identity();
    }

    /** Where the record of the row stands, at time 0. */
    public static Origin origin(Row row) {
        return new Origin(row.getString(TOPIC), row.getString(TOPIC_ID), row.getInt(PARTITION), row.getLong(OFFSET), 0);
    }
}
