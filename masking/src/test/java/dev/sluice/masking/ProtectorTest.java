package dev.sluice.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Marker;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.masking.error.ProtectionException;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.seal.DeadLetterSeal;
import dev.sluice.masking.seal.Payload;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.SubjectPath;
import dev.sluice.policy.decision.Treatment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProtectorTest extends OpenKeys {

    private TokenOpener tokens;

    @BeforeEach
    void open() {
        tokens = new TokenOpener(keys, people);
    }

    @Test
    void treatsEveryFieldAsPlanned() {
        ProtectedChange change = protectedOf(ShopEvents.insert(1, 42, "anna"));
        Row row = change.after().orElseThrow();

        assertThat(change.outputs().fields())
                .extracting(Field::name)
                .containsExactly("id", "email", "name", "born", "phone", "note", "city", "card", "nick");
        assertThat(row.schema()).isEqualTo(change.outputs()).isEqualTo(ShopEvents.PLAN.output());
        assertThat(row.value("born")).isEqualTo(LocalDate.of(1990, 1, 1));
        assertThat(row.value("note")).isEqualTo("[redacted]");
        assertThat(row.value("city")).isEqualTo("Berlin");
        assertThat(row.value("card")).isEqualTo("*****1234");
        assertThat(row.value("nick")).isNull();
        assertThat(tokens.open((String) row.value("email"), ShopEvents.CUSTOMERS, "email"))
                .contains("anna@example.org");
        assertThat(tokens.open((String) row.value("name"), ShopEvents.CUSTOMERS, "name"))
                .contains("Name anna");
        assertThat(change.planId()).isEqualTo("plan-customers");
        assertThat(change.op()).isEqualTo(Change.Op.INSERT);
        assertThat(change.subject()).contains(people.pseudonym("customer", List.of("42")));
    }

    /** Computed with another implementation (Python) from the known keys. Never changes. */
    @Test
    void writesTheFrozenPseudonyms() {
        ProtectedChange change = protectedOf(ShopEvents.insert(1, 42, "anna"));

        assertThat(change.subject()).contains("5a91e237403f78ebda783f33a9df7c8b");
        assertThat(change.keyText()).contains("[\"q2t6negmd5f7a4y4voeck6hahm6gbqka\"]");
    }

    @Test
    void treatsKeyBeforeAndAfterAlike() {
        ProtectedChange change = protectedOf(ShopEvents.update(1, 42, "anna", "anna"));

        assertThat(change.before()).isEqualTo(change.after());
        assertThat(change.keyText())
                .contains("[\"" + change.after().orElseThrow().value("id") + "\"]");
    }

    @Test
    void aReplayGivesTheSameBytes() throws IOException {
        List<Outcome<Decided>> batch = batch();
        byte[] first = serialized(protector.protect(batch));
        SubjectKeys afterRestart = SubjectKeys.open(database, keys, 100, Clock.systemUTC());

        assertThat(serialized(new Protector(keys, afterRestart).protect(batch))).isEqualTo(first);
    }

    @Test
    void sealsOfDifferentPeopleDiffer() {
        Row one = protectedOf(ShopEvents.insert(1, 1, "same")).after().orElseThrow();
        Row two = protectedOf(ShopEvents.insert(2, 2, "same")).after().orElseThrow();

        assertThat(one.value("email")).isNotEqualTo(two.value("email"));
        assertThat(one.value("name")).isNotEqualTo(two.value("name"));
        assertThat(one.value("phone")).as("a join domain is shared").isEqualTo(two.value("phone"));
    }

    @Test
    void nullStaysNullAndAbsentStaysAbsent() {
        Object[] values = new Object[ShopEvents.SCHEMA.fields().size()];
        values[0] = 5L;
        Object[] absent = values.clone();
        java.util.Arrays.fill(absent, 1, absent.length, Absent.VALUE);
        ProtectedChange change = protectedOf(ShopEvents.decided(ShopEvents.event(
                1,
                new Change.Update(new Row(ShopEvents.SCHEMA, values), new Row(ShopEvents.SCHEMA, absent)),
                ChangeEvent.Keys.of(ShopEvents.key(5)))));

        for (int i = 1; i < change.outputs().fields().size(); i++) {
            assertThat(change.before().orElseThrow().value(i)).isNull();
            assertThat(change.after().orElseThrow().value(i)).isEqualTo(Absent.VALUE);
        }
    }

    @Test
    void keepsTheLinkOfAKeyChange() {
        ProtectedChange deleted = protectedOf(ShopEvents.decided(ShopEvents.event(
                1,
                new Change.Delete(ShopEvents.customer(1, "a")),
                new ChangeEvent.Keys(ShopEvents.key(1), null, ShopEvents.key(2)))));
        ProtectedChange inserted = protectedOf(ShopEvents.decided(ShopEvents.event(
                2,
                new Change.Insert(ShopEvents.customer(2, "a")),
                new ChangeEvent.Keys(ShopEvents.key(2), ShopEvents.key(1), null))));

        assertThat(deleted.movedTo()).isEqualTo(inserted.keyText());
        assertThat(inserted.movedFrom()).isEqualTo(deleted.keyText());
        assertThat(deleted.movedFrom()).isEmpty();
    }

    @Test
    void aTruncateHasNoKeyAndNoPerson() {
        ProtectedChange change =
                protectedOf(ShopEvents.decided(ShopEvents.event(1, new Change.Truncate(), ChangeEvent.Keys.none())));

        assertThat(change.op()).isEqualTo(Change.Op.TRUNCATE);
        assertThat(change.keyText()).isEmpty();
        assertThat(change.subject()).isEmpty();
        assertThat(change.before()).isEmpty();
        assertThat(change.after()).isEmpty();
    }

    @Test
    void countsMarkers() {
        Withheld withheld =
                protector.withhold(new Marker(new Origin("t", 0, 7, 0), Marker.Kind.TRANSACTION_END, "571"));

        assertThat(withheld.reason()).isEqualTo(Withheld.WithholdReason.MARKER);
        assertThat(withheld.detail()).isEqualTo("TRANSACTION_END");
        assertThat(withheld.transaction()).isEqualTo("571");
        assertThat(withheld.origin().offset()).isEqualTo(7);
    }

    @Test
    void sealsWhatAnEarlierStageRejected() {
        RawRecord raw = new RawRecord(
                new Origin("t", 0, 7, 0),
                new byte[] {1},
                "canary-9".getBytes(StandardCharsets.UTF_8),
                List.of(new RawRecord.Header("h", null)));
        SealedRejection sealed =
                (SealedRejection) one(new Outcome.Rejected<>(raw, Outcome.Stage.DECODE, "BAD_MAGIC", "byte 0"));

        assertThat(sealed.stage()).isEqualTo(Outcome.Stage.DECODE);
        assertThat(sealed.code()).isEqualTo("BAD_MAGIC");
        assertThat(sealed.keyId()).isEqualTo("deadletter-1");
        assertThat(contains(sealed.sealedPayload(), "canary-9")).isFalse();
        RawRecord opened = Payload.record(
                        raw.origin(), new DeadLetterSeal(keys).open(raw.origin(), sealed.sealedPayload()))
                .orElseThrow();
        assertThat(opened.value()).isEqualTo(raw.value());
        assertThat(opened.key()).isEqualTo(raw.key());
        assertThat(opened.headers()).isEqualTo(raw.headers());
    }

    @Test
    void aBadValueMakesADeadLetterAndTheOthersGoOn() {
        Object[] values =
                ShopEvents.SCHEMA.fields().stream().map(f -> "canary-8").toArray();
        values[0] = 3L;
        List<Guarded> results = protector.protect(List.of(
                ShopEvents.insert(1, 1, "a"),
                ShopEvents.decided(ShopEvents.event(
                        2,
                        new Change.Insert(new Row(ShopEvents.SCHEMA, values)),
                        ChangeEvent.Keys.of(ShopEvents.key(3)))),
                ShopEvents.insert(3, 2, "b")));

        assertThat(results.get(0)).isInstanceOf(ProtectedChange.class);
        assertThat(results.get(2)).isInstanceOf(ProtectedChange.class);
        SealedRejection bad = (SealedRejection) results.get(1);
        assertThat(bad.stage()).isEqualTo(Outcome.Stage.PROTECT);
        assertThat(bad.code()).isEqualTo("WRONG_TYPE");
        assertThat(bad.detail()).isEqualTo("field born of type date: the value is not of the field's type");
        assertThat(bad.subject()).contains(people.pseudonym("customer", List.of("3")));
        assertThat(bad.origin().offset()).isEqualTo(2);
    }

    @Test
    void refusesAValueThatIsSealedAlready() {
        String token = (String) protectedOf(ShopEvents.insert(1, 42, "anna"))
                .after()
                .orElseThrow()
                .value("email");
        Object[] values = new Object[ShopEvents.SCHEMA.fields().size()];
        values[0] = 42L;
        values[1] = token;

        SealedRejection bad = (SealedRejection) one(ShopEvents.decided(ShopEvents.event(
                2, new Change.Insert(new Row(ShopEvents.SCHEMA, values)), ChangeEvent.Keys.of(ShopEvents.key(42)))));
        assertThat(bad.code()).isEqualTo("DOUBLE_TOKEN");
    }

    @Test
    void refusesEventsThatThePlanDoesNotCover() {
        RowSchema other = RowSchema.of(ShopEvents.SCHEMA.fields().subList(0, 9));
        Row shorter = new Row(other, 1L, "a", "a", null, "a", "a", "a", "a", "a");

        assertThat(code(ShopEvents.event(1, new Change.Insert(shorter), ChangeEvent.Keys.of(ShopEvents.key(1)))))
                .isEqualTo("PLAN_MISMATCH");
        assertThat(code(ShopEvents.event(
                        1,
                        new Change.Insert(ShopEvents.customer(1, "a")),
                        ChangeEvent.Keys.of(ShopEvents.customer(1, "a")))))
                .isEqualTo("PLAN_MISMATCH");
        assertThat(code(ShopEvents.event(1, new Change.Insert(ShopEvents.customer(1, "a")), ChangeEvent.Keys.none())))
                .isEqualTo("NULL_KEY");
        Row absentKey = new Row(ShopEvents.key(1).schema(), Absent.VALUE);
        assertThat(code(ShopEvents.event(
                        1, new Change.Insert(ShopEvents.customer(1, "a")), ChangeEvent.Keys.of(absentKey))))
                .isEqualTo("NULL_KEY_PART");
        Row textKey = new Row(ShopEvents.key(1).schema(), "1");
        assertThat(code(ShopEvents.event(
                        1, new Change.Insert(ShopEvents.customer(1, "a")), ChangeEvent.Keys.of(textKey))))
                .isEqualTo("WRONG_TYPE");
    }

    @Test
    void withholdsErasedPeopleAndMakesThemNoNewKey() {
        String token = (String) protectedOf(ShopEvents.insert(1, 42, "anna"))
                .after()
                .orElseThrow()
                .value("email");
        String name = people.pseudonym("customer", List.of("42"));
        assertThat(people.erase(new SubjectKeys.Erasure(name, "customer", "0/5")))
                .isTrue();

        List<Guarded> results = protector.protect(List.of(
                ShopEvents.insert(2, 42, "anna"),
                ShopEvents.update(3, 42, "anna", "anna"),
                ShopEvents.delete(4, 42, "anna"),
                ShopEvents.insert(5, 43, "bert")));
        assertThat(results.subList(0, 3))
                .allSatisfy(r -> assertThat(((Withheld) r).reason()).isEqualTo(Withheld.WithholdReason.ERASED_SUBJECT));
        assertThat(((Withheld) results.get(0)).detail()).isEqualTo(name);
        assertThat(((Withheld) results.get(0)).transaction()).isEqualTo("tx2");
        assertThat(results.get(3)).isInstanceOf(ProtectedChange.class);
        assertThat(tokens.open(token, ShopEvents.CUSTOMERS, "email")).isEmpty();
        assertThat(people.find(name).orElseThrow().erased()).isTrue();
    }

    @Test
    void followsAnErasedPersonToANewKey() {
        protectedOf(ShopEvents.insert(1, 42, "anna"));
        people.erase(new SubjectKeys.Erasure(people.pseudonym("customer", List.of("42")), "customer", "0/5"));

        List<Guarded> results = protector.protect(List.of(
                ShopEvents.decided(ShopEvents.event(
                        2,
                        new Change.Insert(ShopEvents.customer(77, "anna")),
                        new ChangeEvent.Keys(ShopEvents.key(77), ShopEvents.key(42), null))),
                ShopEvents.update(3, 77, "anna", "anna")));
        assertThat(results).allSatisfy(r -> assertThat(r).isInstanceOf(Withheld.class));
        assertThat(one(ShopEvents.update(4, 77, "anna", "anna"))).isInstanceOf(Withheld.class);
    }

    @Test
    void leavesOutTheBeforeImageOfSomebodyElseWhoWasErased() {
        SubjectPath owner = new SubjectPath("customer", List.of("owner"));
        RowSchema schema = RowSchema.of(List.of(
                new Field("id", DataType.of(DataType.Kind.INT64), false, true),
                new Field("owner", DataType.of(DataType.Kind.INT64), true, false)));
        Plan plan = ShopEvents.plan(
                "plan-orders",
                schema,
                List.of(Treatment.of(Treatment.Kind.KEEP), Treatment.of(Treatment.Kind.ENCRYPT)),
                owner);
        people.erase(new SubjectKeys.Erasure(people.pseudonym("customer", List.of("1")), "customer", "0/5"));
        ChangeEvent moved = ShopEvents.event(
                1,
                schema,
                new Change.Update(new Row(schema, 9L, 1L), new Row(schema, 9L, 2L)),
                ChangeEvent.Keys.of(new Row(RowSchema.of(schema.fields().subList(0, 1)), 9L)));
        ProtectedChange change = (ProtectedChange) one(new Outcome.Accepted<>(new Decided(moved, plan)));

        assertThat(change.before()).isEmpty();
        assertThat(change.subject()).contains(people.pseudonym("customer", List.of("2")));
        assertThat(change.keyText()).contains("[\"9\"]");
        ChangeEvent freed = ShopEvents.event(
                2, schema, new Change.Update(new Row(schema, 9L, 2L), new Row(schema, 9L, null)), moved.keys());
        assertThat(((ProtectedChange) one(new Outcome.Accepted<>(new Decided(freed, plan)))).subject())
                .as("the row is nobody's now")
                .isEmpty();
    }

    @Test
    void sealsWithoutAPersonUnderTheQuarantineKey() {
        Plan nobody = ShopEvents.plan("plan-nobody", ShopEvents.SCHEMA, ShopEvents.TREATMENTS, null);
        ChangeEvent event = ShopEvents.event(
                1, new Change.Insert(ShopEvents.customer(42, "anna")), ChangeEvent.Keys.of(ShopEvents.key(42)));
        ProtectedChange change = (ProtectedChange) one(new Outcome.Accepted<>(new Decided(event, nobody)));
        String token = (String) change.after().orElseThrow().value("email");

        assertThat(token).startsWith("sl1:a256gcm:quarantine-1:");
        assertThat(tokens.open(token, ShopEvents.CUSTOMERS, "email")).contains("anna@example.org");
        assertThat(change.subject()).isEmpty();
    }

    @Test
    void writesAKeyInTheOrderOfTheKey() {
        Field line = new Field("line", DataType.of(DataType.Kind.INT32), false, true);
        Field order = new Field("order", DataType.of(DataType.Kind.INT64), false, true);
        RowSchema schema = RowSchema.of(List.of(line, order));
        Plan plan = ShopEvents.plan(
                "plan-lines",
                schema,
                List.of(Treatment.of(Treatment.Kind.KEEP), Treatment.of(Treatment.Kind.KEEP)),
                null);
        ChangeEvent event = ShopEvents.event(
                1,
                schema,
                new Change.Insert(new Row(schema, 1, 2L)),
                ChangeEvent.Keys.of(new Row(RowSchema.of(List.of(order, line)), 2L, 1)));
        ProtectedChange change = (ProtectedChange) one(new Outcome.Accepted<>(new Decided(event, plan)));

        assertThat(change.keyText()).contains("[\"2\",\"1\"]");
        assertThat(change.after()).contains(new Row(schema, 1, 2L));
    }

    @Test
    void stopsTheBatchWhenAKeyWouldCollapse() {
        List<Treatment> treatments = new ArrayList<>(ShopEvents.TREATMENTS);
        treatments.set(0, Treatment.of(Treatment.Kind.REDACT));
        Plan plan = ShopEvents.plan("plan-bad", ShopEvents.SCHEMA, treatments, null);
        ChangeEvent event = ShopEvents.event(
                1, new Change.Insert(ShopEvents.customer(1, "a")), ChangeEvent.Keys.of(ShopEvents.key(1)));

        assertThatThrownBy(() -> one(new Outcome.Accepted<>(new Decided(event, plan))))
                .isInstanceOf(ProtectionException.class)
                .hasMessageStartingWith("MSK-008")
                .hasMessageContaining("shop.public.customers.id");
    }

    @Test
    void aPlanOfTheSameIdButOtherTreatmentsIsNotConfused() {
        protectedOf(ShopEvents.insert(1, 1, "a"));
        List<Treatment> treatments = new ArrayList<>(ShopEvents.TREATMENTS);
        treatments.set(6, Treatment.of(Treatment.Kind.REDACT));
        Plan other = ShopEvents.plan(ShopEvents.PLAN.planId(), ShopEvents.SCHEMA, treatments, null);
        ChangeEvent event = ShopEvents.event(
                2, new Change.Insert(ShopEvents.customer(1, "a")), ChangeEvent.Keys.of(ShopEvents.key(1)));
        ProtectedChange change = (ProtectedChange) one(new Outcome.Accepted<>(new Decided(event, other)));

        assertThat(change.after().orElseThrow().value("city")).isEqualTo("[redacted]");
    }

    @Test
    void showsNoClearValueAnywhere() throws IOException {
        List<Guarded> results = protector.protect(List.of(
                ShopEvents.insert(1, 42, "canary-1"),
                ShopEvents.update(2, 42, "canary-1", "canary-2"),
                ShopEvents.delete(3, 42, "canary-2"),
                ShopEvents.decided(ShopEvents.event(
                        4,
                        new Change.Insert(new Row(
                                ShopEvents.SCHEMA,
                                1L,
                                "canary-3",
                                "canary-3",
                                "canary-3",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null)),
                        ChangeEvent.Keys.of(ShopEvents.key(1))))));

        assertThat(contains(serialized(results), "canary")).isFalse();
        assertThat(results.toString()).doesNotContain("canary").contains("ProtectedChange[");
        assertThat(results.get(3)).isInstanceOf(SealedRejection.class);
        assertThat(((SealedRejection) results.get(3)).detail()).doesNotContain("canary");
    }

    @Test
    void surviveTheWayToAnotherProcess() throws IOException, ClassNotFoundException {
        ProtectedChange change = protectedOf(ShopEvents.insert(1, 42, "anna"));
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized(List.of(change))));
        ProtectedChange read = (ProtectedChange) ((List<?>) in.readObject()).get(0);

        assertThat(read.after()).isEqualTo(change.after());
        assertThat(read.keyText()).isEqualTo(change.keyText());
        assertThat(read.source()).isEqualTo(change.source());
    }

    private List<Outcome<Decided>> batch() {
        List<Outcome<Decided>> batch = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            batch.add(ShopEvents.insert(i, i % 7, "a" + i % 5));
            batch.add(ShopEvents.update(100 + i, i % 7, "a" + i % 5, "b"));
            batch.add(new Outcome.Rejected<>(
                    new RawRecord(new Origin("t", 1, i, 0), null, new byte[] {(byte) i}, List.of()),
                    Outcome.Stage.DECODE,
                    "BAD_MAGIC",
                    "byte 0"));
        }
        return batch;
    }

    private String code(ChangeEvent event) {
        return ((SealedRejection) one(ShopEvents.decided(event))).code();
    }

    private ProtectedChange protectedOf(Outcome<Decided> outcome) {
        return (ProtectedChange) one(outcome);
    }

    private Guarded one(Outcome<Decided> outcome) {
        return protector.protect(List.of(outcome)).get(0);
    }

    private static byte[] serialized(List<Guarded> results) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(results));
        }
        return bytes.toByteArray();
    }

    private static boolean contains(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }
}
