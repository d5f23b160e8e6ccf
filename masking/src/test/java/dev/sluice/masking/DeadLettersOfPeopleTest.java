package dev.sluice.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.seal.DeadLetterSeal;
import dev.sluice.masking.seal.Payload;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.SubjectPath;
import dev.sluice.policy.decision.Treatment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose a dead letter of this stage is, so that an erasure finds it. */
class DeadLettersOfPeopleTest extends OpenKeys {

    private static final Row SHORTER =
            new Row(RowSchema.of(ShopEvents.SCHEMA.fields().subList(0, 2)), 7L, "canary-7@example.org");

    private static final RowSchema NOTES = RowSchema.of(List.of(
            new Field("owner", DataType.of(DataType.TypeKind.INT64), true, true),
            new Field("note", DataType.of(DataType.TypeKind.TEXT), true, false)));

    private static final Plan NOTES_PLAN = ShopEvents.plan(
            "plan-notes",
            NOTES,
            List.of(Treatment.hmac("customer-id"), Treatment.of(Treatment.Kind.KEEP)),
            new SubjectPath("customer", List.of("owner")));

    @Test
    void namesThePersonWhereTheNamingFieldsAreSound() {
        Row withoutPart = new Row(ShopEvents.key(7).schema(), Absent.VALUE);
        Row ofAnotherType = new Row(ShopEvents.key(7).schema(), "seven");
        Change insert = new Change.Insert(ShopEvents.customer(7, "anna"));

        assertThat(sealed(new Change.Insert(SHORTER), ChangeEvent.Keys.of(ShopEvents.key(7)), "PLAN_MISMATCH"))
                .contains(name(7));
        assertThat(sealed(insert, ChangeEvent.Keys.none(), "NULL_KEY")).contains(name(7));
        assertThat(sealed(insert, ChangeEvent.Keys.of(withoutPart), "NULL_KEY_PART"))
                .contains(name(7));
        assertThat(sealed(insert, ChangeEvent.Keys.of(ofAnotherType), "WRONG_TYPE"))
                .contains(name(7));
        assertThat(sealed(
                        new Change.Insert(ShopEvents.customer(7, "anna")),
                        new ChangeEvent.Keys(ShopEvents.key(7), null, ofAnotherType),
                        "WRONG_TYPE"))
                .contains(name(7));
        assertThat(sealed(new Change.Delete(null), ChangeEvent.Keys.of(ofAnotherType), "WRONG_TYPE"))
                .as("nothing sound names anybody")
                .isEmpty();
    }

    @Test
    void withholdsWhatIsAboutAnErasedPerson() {
        erase(7);

        Guarded result = one(ShopEvents.decided(
                ShopEvents.event(1, new Change.Insert(SHORTER), ChangeEvent.Keys.of(ShopEvents.key(7)))));

        assertThat(result).isInstanceOf(Withheld.class);
        assertThat(((Withheld) result).reason()).isEqualTo(Withheld.WithholdReason.ERASED_SUBJECT);
        assertThat(((Withheld) result).detail()).isEqualTo(name(7));
    }

    @Test
    void sealsNothingOfAnotherPersonWhoWasErased() {
        RowSchema schema = NOTES;
        Plan plan = NOTES_PLAN;
        RowSchema key = RowSchema.of(schema.fields().subList(0, 1));
        erase(70001);
        ChangeEvent event = ShopEvents.event(
                1,
                schema,
                new Change.Update(new Row(schema, 70001L, "canary-7"), new Row(schema, 9L, 9L)),
                new ChangeEvent.Keys(new Row(key, 9L), new Row(key, 70001L), new Row(key, 70001L)));

        SealedRejection sealed = (SealedRejection) one(new Outcome.Accepted<>(new Decided(event, plan)));

        String opened = Payload.event(new DeadLetterSeal(keys).open(event.origin(), sealed.sealedPayload()))
                .orElseThrow();
        assertThat(sealed.subject()).contains(name(9));
        assertThat(opened).contains("\"after\":[").doesNotContain("canary-7").doesNotContain("70001");
    }

    @Test
    void sealsTheUndecodedRecordSoThatItCanBeReplayedExceptWhereAnErasedPersonIsNamed() {
        ChangeEvent wrong = event(new Row(NOTES, 9L, 9L), null);
        RawRecord raw = new RawRecord(wrong.origin(), new byte[] {1}, new byte[] {2}, List.of());

        SealedRejection sealed = rejected(wrong, raw);

        RawRecord opened = Payload.record(wrong.origin(), open(sealed)).orElseThrow();
        assertThat(opened.value()).isEqualTo(raw.value());
        assertThat(sealed.key()).contains(key(wrong));
        erase(70001);
        SealedRejection ofErased = rejected(event(new Row(NOTES, 9L, 9L), new Row(NOTES, 70001L, "canary-7")), raw);
        assertThat(Payload.record(wrong.origin(), open(ofErased))).isEmpty();
        assertThat(Payload.event(open(ofErased)))
                .hasValueSatisfying(text -> assertThat(text).doesNotContain("70001"));
    }

    /** The key that a sound change of the same row has. */
    private String key(ChangeEvent wrong) {
        ChangeEvent sound = event(new Row(NOTES, 9L, "sound"), null);
        Guarded passed = one(new Outcome.Accepted<>(new Decided(sound, NOTES_PLAN)));
        assertThat(wrong.keys()).isEqualTo(sound.keys());
        return ((ProtectedChange) passed).keyText().orElseThrow();
    }

    private SealedRejection rejected(ChangeEvent event, RawRecord raw) {
        Outcome<Decided> outcome = new Outcome.Accepted<>(new Decided(event, NOTES_PLAN));
        return (SealedRejection) protector
                .protect(List.of(outcome), List.of(raw), record -> Optional.empty())
                .get(0);
    }

    private byte[] open(SealedRejection sealed) {
        return new DeadLetterSeal(keys).open(sealed.origin(), sealed.sealedPayload());
    }

    private static ChangeEvent event(Row after, @Nullable Row before) {
        RowSchema key = RowSchema.of(NOTES.fields().subList(0, 1));
        return ShopEvents.event(1, NOTES, new Change.Update(before, after), ChangeEvent.Keys.of(new Row(key, 9L)));
    }

    private java.util.Optional<String> sealed(Change change, ChangeEvent.Keys eventKeys, String code) {
        SealedRejection sealed = (SealedRejection) one(ShopEvents.decided(ShopEvents.event(1, change, eventKeys)));
        assertThat(sealed.code()).isEqualTo(code);
        return sealed.subject();
    }

    private Guarded one(Outcome<Decided> outcome) {
        return protector.protect(List.of(outcome)).get(0);
    }

    private void erase(long id) {
        people.erase(new SubjectKeys.Erasure(name(id), "customer", "0/5"));
    }

    private String name(long id) {
        return people.pseudonym("customer", List.of(Long.toString(id)));
    }
}
