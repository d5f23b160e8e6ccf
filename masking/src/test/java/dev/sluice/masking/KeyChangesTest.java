package dev.sluice.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectState;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.SubjectPath;
import dev.sluice.policy.decision.Treatment;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key change is a new name of a person only where the row is the person. */
class KeyChangesTest extends OpenKeys {

    private static final RowSchema ADDRESSES = RowSchema.of(List.of(
            new Field("customer_id", DataType.of(DataType.Kind.INT64), false, true),
            new Field("line", DataType.of(DataType.Kind.TEXT), false, true)));

    @Test
    void leavesALivingPersonAloneWhoGetsARowOfAnErasedOne() {
        Plan addresses = ShopEvents.plan(
                "plan-addresses",
                ADDRESSES,
                List.of(Treatment.hmac("customer-id"), Treatment.of(Treatment.Kind.KEEP)),
                new SubjectPath("customer", List.of("customer_id")));
        Plan profiles = ShopEvents.plan(
                "plan-profiles",
                ShopEvents.SCHEMA,
                ShopEvents.TREATMENTS,
                new SubjectPath("customer", List.of("id"), false));
        protector.protect(List.of(ShopEvents.insert(1, 7, "anna"), ShopEvents.insert(2, 9, "bert")));
        erase(7);

        List<Guarded> results = protector.protect(List.of(
                decided(
                        addresses,
                        ShopEvents.event(
                                3,
                                ADDRESSES,
                                new Change.Delete(address(7)),
                                new ChangeEvent.Keys(address(7), null, address(9)))),
                decided(
                        addresses,
                        ShopEvents.event(
                                4,
                                ADDRESSES,
                                new Change.Insert(address(9)),
                                new ChangeEvent.Keys(address(9), address(7), null))),
                decided(profiles, inserted(5, 9, 7)),
                ShopEvents.insert(6, 9, "bert")));

        assertThat(state(9).erased()).isFalse();
        assertThat(results.get(0)).isInstanceOf(Withheld.class);
        assertThat(results.subList(1, 4))
                .allSatisfy(r -> assertThat(((ProtectedChange) r).subject()).contains(name(9)));
        assertThat(people.linked(name(7))).containsExactly(name(7));
    }

    @Test
    void followsFromEitherHalfOfAKeyChange() {
        protector.protect(List.of(ShopEvents.insert(1, 1, "anna"), ShopEvents.insert(2, 2, "bert")));
        erase(1);
        erase(2);

        protector.protect(List.of(
                ShopEvents.decided(deleted(3, 1, 11)),
                ShopEvents.decided(inserted(4, 12, 2)),
                ShopEvents.decided(inserted(5, 13, 12))));

        assertThat(state(11).erased()).isTrue();
        assertThat(state(12).erased()).isTrue();
        assertThat(state(13).erased()).as("and on, within one batch").isTrue();
    }

    @Test
    void remembersTheNamesOfAPerson() {
        protector.protect(List.of(
                ShopEvents.insert(1, 7, "anna"),
                ShopEvents.decided(deleted(2, 7, 8)),
                ShopEvents.decided(inserted(3, 8, 7)),
                ShopEvents.decided(inserted(4, 9, 8)),
                ShopEvents.insert(5, 10, "bert")));

        for (long id = 7; id <= 9; id++) {
            assertThat(people.linked(name(id))).containsExactlyInAnyOrder(name(7), name(8), name(9));
        }
        assertThat(people.linked(name(10))).containsExactly(name(10));
    }

    @Test
    void remembersTheNamesAcrossRestartsAndTheSameRecordsAgain() {
        List<Outcome<Decided>> batch =
                List.of(ShopEvents.decided(deleted(2, 7, 9)), ShopEvents.decided(inserted(3, 9, 7)));
        protector.protect(batch);
        SubjectKeys restarted = SubjectKeys.open(database, keys, 100, Clock.systemUTC());
        new Protector(keys, restarted).protect(batch);

        assertThat(restarted.linked(name(9))).containsExactlyInAnyOrder(name(7), name(9));
    }

    @Test
    void anOldRecordReadAgainDoesNotReachWhoMovedOnBefore() {
        List<Outcome<Decided>> batch = List.of(
                ShopEvents.insert(1, 11, "bert"),
                ShopEvents.decided(inserted(2, 15, 11)),
                ShopEvents.insert(3, 42, "anna"),
                ShopEvents.decided(inserted(4, 11, 42)));
        protector.protect(batch.subList(0, 3));
        erase(42);
        protector.protect(batch.subList(3, 4));
        protector.protect(batch);

        assertThat(state(11).erased()).as("anna under her new key").isTrue();
        assertThat(state(15).erased()).as("bert, who had that key before").isFalse();
    }

    private static Outcome<Decided> decided(Plan plan, ChangeEvent event) {
        return new Outcome.Accepted<>(new Decided(event, plan));
    }

    private static ChangeEvent deleted(long at, long id, long movedTo) {
        return ShopEvents.event(
                at,
                new Change.Delete(ShopEvents.customer(id, "anna")),
                new ChangeEvent.Keys(ShopEvents.key(id), null, ShopEvents.key(movedTo)));
    }

    private static ChangeEvent inserted(long at, long id, long movedFrom) {
        return ShopEvents.event(
                at,
                new Change.Insert(ShopEvents.customer(id, "anna")),
                new ChangeEvent.Keys(ShopEvents.key(id), ShopEvents.key(movedFrom), null));
    }

    private static Row address(long customer) {
        return new Row(ADDRESSES, customer, "home");
    }

    private void erase(long id) {
        people.erase(new SubjectKeys.Erasure(name(id), "customer", "0/5"));
    }

    private String name(long id) {
        return people.pseudonym("customer", List.of(Long.toString(id)));
    }

    private SubjectState state(long id) {
        return people.find(name(id)).orElseThrow();
    }
}
