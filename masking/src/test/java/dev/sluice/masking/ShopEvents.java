package dev.sluice.masking;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.cdc.event.Source;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.RuleRef;
import dev.sluice.policy.decision.SubjectPath;
import dev.sluice.policy.decision.Treatment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small customers table with a plan that uses every treatment, and events of it. */
final class ShopEvents {

    static final DatasetId CUSTOMERS = new DatasetId("shop", "public", "customers");

    static final RowSchema SCHEMA = RowSchema.of(List.of(
            new Field("id", DataType.of(DataType.TypeKind.INT64), false, true),
            new Field("email", DataType.of(DataType.TypeKind.TEXT), true, false),
            new Field("name", DataType.of(DataType.TypeKind.TEXT), true, false),
            new Field("born", DataType.of(DataType.TypeKind.DATE), true, false),
            new Field("phone", DataType.of(DataType.TypeKind.TEXT), true, false),
            new Field("note", DataType.of(DataType.TypeKind.TEXT), true, false),
            new Field("city", DataType.of(DataType.TypeKind.TEXT), true, false),
            new Field("card", DataType.of(DataType.TypeKind.TEXT), true, false),
            new Field("secret", DataType.of(DataType.TypeKind.TEXT), true, false),
            new Field("nick", DataType.of(DataType.TypeKind.TEXT), true, false)));

    static final List<Treatment> TREATMENTS = List.of(
            Treatment.hmac("customer-id"),
            Treatment.of(Treatment.Kind.ENCRYPT),
            Treatment.of(Treatment.Kind.QUARANTINE),
            new Treatment(Treatment.Kind.GENERALIZE, Map.of("truncate", "year")),
            Treatment.hmac("contact"),
            Treatment.of(Treatment.Kind.REDACT),
            Treatment.of(Treatment.Kind.KEEP),
            new Treatment(Treatment.Kind.PARTIAL, Map.of("keep_last", "4")),
            Treatment.of(Treatment.Kind.DROP),
            Treatment.of(Treatment.Kind.NULL));

    static final Plan PLAN =
            plan("plan-customers", SCHEMA, TREATMENTS, new SubjectPath("customer", List.of("id"), true));

    private ShopEvents() {}

    static Plan plan(String id, RowSchema schema, List<Treatment> treatments, @Nullable SubjectPath person) {
        List<PlannedField> fields = new java.util.ArrayList<>();
        for (int i = 0; i < schema.fields().size(); i++) {
            fields.add(new PlannedField(
                    schema.fields().get(i), treatments.get(i), new RuleRef("r", "rules/data.yaml", 1), ""));
        }
        return new Plan(
                id,
                new Plan.PlanScope(CUSTOMERS, schema, "lake", "analytics"),
                fields,
                person,
                new Plan.Revisions("p", "c", "e"));
    }

    /** A customer whose every personal value carries the marker. */
    static Row customer(long id, String marker) {
        return new Row(
                SCHEMA,
                id,
                marker + "@example.org",
                "Name " + marker,
                LocalDate.of(1990, 2, 28),
                "+49 30 " + marker,
                "note " + marker,
                "Berlin",
                "4111-" + marker + "-1234",
                "secret " + marker,
                "nick " + marker);
    }

    static Row key(long id) {
        return new Row(RowSchema.of(List.of(SCHEMA.fields().get(0))), id);
    }

    static ChangeEvent event(long at, Change change, ChangeEvent.Keys keys) {
        return event(at, SCHEMA, change, keys);
    }

    static ChangeEvent event(long at, RowSchema schema, Change change, ChangeEvent.Keys keys) {
        return new ChangeEvent(
                new Origin(CUSTOMERS.topic(), 0, at, 1_700_000_000_000L),
                new Source(CUSTOMERS, new SourcePosition(at, 1, false), "tx" + at, Instant.EPOCH, 3),
                schema,
                change,
                keys);
    }

    static Outcome<Decided> insert(long at, long id, String marker) {
        return decided(event(at, new Change.Insert(customer(id, marker)), ChangeEvent.Keys.of(key(id))));
    }

    static Outcome<Decided> update(long at, long id, String before, String after) {
        return decided(
                event(at, new Change.Update(customer(id, before), customer(id, after)), ChangeEvent.Keys.of(key(id))));
    }

    static Outcome<Decided> delete(long at, long id, String marker) {
        return decided(event(at, new Change.Delete(customer(id, marker)), ChangeEvent.Keys.of(key(id))));
    }

    static Outcome<Decided> decided(ChangeEvent event) {
        return new Outcome.Accepted<>(new Decided(event, PLAN));
    }
}
