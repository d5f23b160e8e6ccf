package dev.sluice.sinks.history;

import static dev.sluice.sinks.history.HistoryEvents.at;
import static dev.sluice.sinks.history.HistoryEvents.delete;
import static dev.sluice.sinks.history.HistoryEvents.in;
import static dev.sluice.sinks.history.HistoryEvents.inTopic;
import static dev.sluice.sinks.history.HistoryEvents.insert;
import static dev.sluice.sinks.history.HistoryEvents.read;
import static dev.sluice.sinks.history.HistoryEvents.seq;
import static dev.sluice.sinks.history.HistoryEvents.sweep;
import static dev.sluice.sinks.history.HistoryEvents.truncate;
import static dev.sluice.sinks.history.HistoryEvents.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyHistoryTest {

    private final StoredKey key = new StoredKey();

    @Test
    void splitsAClosedVersionWhenAnEventBetweenArrivesLate() {
        key.apply(List.of(write(1, 10, "a", 1), write(3, 30, "a", 3)));
        key.apply(List.of(write(2, 20, "a", 2)));

        assertThat(key.table())
                .extracting(StoredKey.TableVersion::from, StoredKey.TableVersion::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10L, 20L),
                        org.assertj.core.groups.Tuple.tuple(20L, 30L),
                        org.assertj.core.groups.Tuple.tuple(30L, null));
    }

    @Test
    void remembersADeleteThatArrivesBeforeItsInsert() {
        key.apply(List.of(delete(2, 20)));
        key.apply(List.of(write(1, 10, "a", 1)));

        assertThat(key.table()).hasSize(1);
        assertThat(key.versions().get(0).closing().event().seq()).isEqualTo(seq(2));
    }

    @Test
    void keepsNoOpsAndZeroWidthVersionsOutOfTheTableButInMemory() {
        key.apply(List.of(in("t", write(1, 10, "a", 1)), in("t", write(2, 10, "a", 2)), write(3, 20, "a", 2)));

        assertThat(key.table()).hasSize(1);
        assertThat(key.latent()).extracting(Event::seq).containsExactly(seq(1), seq(3));
    }

    @Test
    void fillsWhatTheSourceDidNotSendFromTheEventBefore() {
        key.apply(List.of(write(1, 10, "a", 1, "b", 7), write(3, 30, "a", 3, "b", "?")));
        assertThat(key.versions().get(1).image().value("b")).isEqualTo(7);

        key.apply(List.of(write(2, 20, "a", 2, "b", 8)));
        assertThat(key.versions().get(2).image().value("b")).isEqualTo(8);
    }

    @Test
    void parksAnEventWithoutPredecessorUntilOneArrives() {
        HistoryDelta first = key.apply(List.of(write(2, 20, "a", 2, "b", "?")));
        assertThat(first.parked()).isEqualTo(1);
        assertThat(key.table()).isEmpty();

        key.apply(List.of(write(1, 10, "a", 1, "b", 5)));
        assertThat(key.table()).hasSize(2);
        assertThat(key.apply(List.of(write(2, 20, "a", 2, "b", "?"))).duplicate())
                .isEqualTo(1);
    }

    @Test
    void takesNothingAcrossAMissingEventUntilThatEventArrives() {
        Event before = write(1, 10, "a", 1, "b", 1);
        Event behind = write(3, 30, "a", 3, "b", "?");
        Event whole = write(4, 40, "a", 4, "b", 4);
        MissingEvent missing = new MissingEvent(new Origin("t", 0, 2, 0));

        HistoryDelta delta = KeyHistory.apply(List.of(), List.of(), List.of(before, behind, whole), List.of(missing));

        assertThat(delta.parked()).isEqualTo(1);
        assertThat(delta.upserts()).extracting(Version::seq).containsExactly(seq(1), seq(4));
        HistoryDelta late = KeyHistory.apply(
                delta.upserts(), delta.latent(), List.of(write(2, 20, "a", 2, "b", 2)), List.of(missing));
        assertThat(late.upserts()).extracting(Version::seq).contains(seq(2), seq(3));
    }

    /** The letter stands at the offset of an event that the deleted topic of that name brought. */
    @Test
    void tellsAMissingEventFromTheOneAtItsOffsetInATopicThatWasDeleted() {
        Event before = write(1, 10, "a", 1, "b", 1);
        Event early = write(2, 20, "a", 2, "b", 2);
        Event behind = inTopic("again", write(3, 30, "a", 3, "b", "?"));
        MissingEvent missing = new MissingEvent(new Origin("t", "again", 0, 2, 0));

        HistoryDelta delta = KeyHistory.apply(List.of(), List.of(), List.of(before, early, behind), List.of(missing));

        assertThat(delta.parked()).isEqualTo(1);
        assertThat(delta.upserts()).extracting(Version::seq).containsExactly(seq(1), seq(2));
    }

    @Test
    void parksNothingBehindAMissingEventOfATopicThatWasDeleted() {
        Event read = inTopic("again", write(3, 30, "a", 3, "b", 3));
        Event update = inTopic("again", write(5, 50, "a", 5, "b", "?"));
        MissingEvent missing = new MissingEvent(new Origin("t", 0, 4, 0));

        HistoryDelta delta = KeyHistory.apply(List.of(), List.of(), List.of(read, update), List.of(missing));

        assertThat(delta.parked()).isZero();
        assertThat(delta.upserts()).extracting(Version::seq).containsExactly(seq(3), seq(5));
    }

    @Test
    void truncateClosesWhatIsOpenAtItsPositionAlsoForLateArrivals() {
        key.apply(List.of(truncate(5, 50)));
        key.apply(List.of(write(1, 10, "a", 1)));
        key.apply(List.of(write(6, 60, "a", 6)));

        assertThat(key.table())
                .extracting(StoredKey.TableVersion::from, StoredKey.TableVersion::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10L, 50L), org.assertj.core.groups.Tuple.tuple(60L, null));
    }

    @Test
    void doesNotGrowAVersionOverTheGapThatAnErasedOneLeft() {
        key.apply(List.of(write(1, 10, "a", 1), write(2, 20, "a", 2)));
        key.forget(key.versions().get(1));
        key.apply(List.of(write(3, 30, "a", 3)));

        assertThat(key.table())
                .extracting(StoredKey.TableVersion::from, StoredKey.TableVersion::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10L, 20L), org.assertj.core.groups.Tuple.tuple(30L, null));
    }

    @Test
    void refusesTwoDifferentEventsAtOnePosition() {
        key.apply(List.of(write(1, 10, "a", 1)));

        assertThatThrownBy(() -> key.apply(List.of(write(1, 10, "a", 2))))
                .isInstanceOf(PositionConflict.class)
                .hasMessageContaining(seq(1))
                .hasMessageContaining("t/0/1");
    }

    @Test
    void takesTheSameEventUnderAnotherPlanAsADuplicate() {
        key.apply(List.of(write(1, 10, "a", 1)));
        Event other = write(1, 10, "a", "hidden");
        Provenance p = other.provenance();
        Provenance replanned =
                new Provenance(p.eventId(), p.transaction(), p.origin(), p.schemaId(), "plan2", p.batch(), null, null);
        Event again =
                new Event(other.seq(), other.committedAt(), other.op(), other.image(), other.subject(), replanned);

        assertThat(key.apply(List.of(again)).duplicate()).isEqualTo(1);
    }

    /** What a key looks like after some events, in any order of arrival: {@code [from, to) value}, "-" while open. */
    record HistoryCase(String name, List<Event> events, List<String> versions) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<HistoryCase> cases() {
        SourcePosition waited = new SourcePosition(0, 205, 90, 1, SourcePosition.Arrival.STREAMED);
        SourcePosition late = new SourcePosition(0, 90, 90, 1, SourcePosition.Arrival.FIRST);
        SourcePosition restored = new SourcePosition(1, 5, 5, 0, SourcePosition.Arrival.READ);
        return List.of(
                new HistoryCase(
                        "a read of the open version moves nothing",
                        List.of(insert(100, 1000, "a", 1), write(200, 2000, "a", 2), read(201, 5000, "a", 2)),
                        List.of("[1000, 2000) 1", "[2000, -) 2")),
                new HistoryCase(
                        "a change that committed before the snapshot looked at its row",
                        List.of(read(100, 5000, "a", 1), write(200, 3000, "a", 2)),
                        List.of("[2999, 3000) 1", "[3000, -) 2")),
                new HistoryCase(
                        "a read that differs stands between its neighbours",
                        List.of(insert(100, 1000, "a", 1), read(150, 9000, "a", 2), write(200, 4000, "a", 3)),
                        List.of("[1000, 3999) 1", "[3999, 4000) 2", "[4000, -) 3")),
                new HistoryCase(
                        "a read without room between its neighbours is not seen",
                        List.of(insert(100, 1000, "a", 1), read(150, 9000, "a", 2), write(200, 1001, "a", 3)),
                        List.of("[1000, 1001) 1", "[1001, -) 3")),
                new HistoryCase(
                        "a clock that stepped back hides no version",
                        List.of(
                                insert(100, 1000, "a", 1),
                                write(200, 900_000, "a", 2),
                                write(300, 3000, "a", 3),
                                write(400, 4000, "a", 4)),
                        List.of("[1000, 900000) 1", "[900000, 900001) 2", "[900001, 900002) 3", "[900002, -) 4")),
                new HistoryCase(
                        "two transactions of one commit time are two versions",
                        List.of(insert(100, 1000, "a", 1), write(200, 1000, "a", 2)),
                        List.of("[1000, 1001) 1", "[1001, -) 2")),
                new HistoryCase(
                        "one transaction is one version",
                        List.of(in("t", insert(100, 1000, "a", 1)), in("t", write(101, 1000, "a", 2))),
                        List.of("[1000, -) 2")),
                new HistoryCase(
                        "renumbering: the new row takes the key before the old row left it",
                        List.of(insert(1, 1000, "a", 1), in("t", insert(10, 2000, "a", 2)), in("t", delete(20, 2000))),
                        List.of("[1000, 2000) 1", "[2000, -) 2")),
                new HistoryCase(
                        "a row that came and went in one transaction",
                        List.of(in("t", insert(10, 2000, "a", 2)), in("t", delete(20, 2000))),
                        List.of()),
                new HistoryCase(
                        "a truncate and what the same transaction wrote after it",
                        List.of(
                                insert(1, 1000, "a", 1),
                                in("t", truncate(10, 2000)),
                                in("t", insert(20, 2000, "a", 2))),
                        List.of("[1000, 2000) 1", "[2000, -) 2")),
                new HistoryCase(
                        "an insert that was in the log before it waited for the delete",
                        List.of(insert(50, 1000, "a", 1), delete(200, 2000), at(waited, insert(90, 3000, "a", 2))),
                        List.of("[1000, 2000) 1", "[3000, -) 2")),
                new HistoryCase(
                        "a change that was open when the snapshot of another program looked",
                        List.of(read(80, 1000, "a", 1), read(100, 1000, "a", 1), at(late, write(110, 2000, "a", 2))),
                        List.of("[1000, 2000) 1", "[2000, -) 2")),
                new HistoryCase(
                        "a change of an earlier epoch stays before the reads of a later one",
                        List.of(
                                at(late, write(110, 1000, "a", 1, "b", 1)),
                                at(restored, read(5, 2000, "a", 2)),
                                sweep(1, 2100)),
                        List.of("[1000, 2000) 1", "[2000, -) 2")),
                new HistoryCase(
                        "a source whose positions begin again",
                        List.of(
                                insert(500, 1000, "a", 1),
                                at(restored, read(5, 2000, "a", 2)),
                                at(
                                        new SourcePosition(1, 8, 8, 1, SourcePosition.Arrival.STREAMED),
                                        write(8, 3000, "a", 3))),
                        List.of("[1000, 2000) 1", "[2000, 3000) 2", "[3000, -) 3")),
                new HistoryCase(
                        "a row that the snapshot of a new epoch did not find",
                        List.of(insert(500, 1000, "a", 1), sweep(1, 2000)),
                        List.of("[1000, 2000) 1")),
                new HistoryCase(
                        "a row that the snapshot of a new epoch found as it was",
                        List.of(insert(500, 1000, "a", 1), at(restored, read(5, 2000, "a", 1)), sweep(1, 2100)),
                        List.of("[1000, -) 1")),
                new HistoryCase(
                        "a row that changed before the snapshot of a new epoch",
                        List.of(insert(500, 1000, "a", 1), at(restored, read(5, 2000, "a", 2)), sweep(1, 2100)),
                        List.of("[1000, 2000) 1", "[2000, -) 2")),
                new HistoryCase(
                        "a row that was gone at the snapshot of a new epoch and came back",
                        List.of(
                                insert(500, 1000, "a", 1),
                                sweep(1, 2000),
                                at(
                                        new SourcePosition(1, 8, 8, 1, SourcePosition.Arrival.STREAMED),
                                        insert(8, 3000, "a", 1))),
                        List.of("[1000, 2000) 1", "[3000, -) 1")),
                new HistoryCase(
                        "a sweep moves no change that committed before the snapshot looked",
                        List.of(
                                insert(500, 1000, "a", 1),
                                sweep(1, 9000),
                                at(
                                        new SourcePosition(1, 8, 8, 1, SourcePosition.Arrival.STREAMED),
                                        insert(8, 3000, "a", 2))),
                        List.of("[1000, 2999) 1", "[3000, -) 2")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsTheHistoryInAnyOrderOfArrival(HistoryCase history) {
        List<Event> reversed = new ArrayList<>(history.events());
        Collections.reverse(reversed);
        for (List<Event> arrival : List.of(history.events(), reversed)) {
            StoredKey stored = new StoredKey();
            arrival.forEach(event -> stored.apply(List.of(event)));

            assertThat(stored.table().stream()
                            .map(v -> "[" + v.from() + ", " + (v.to() == null ? "-" : v.to()) + ") "
                                    + v.values().get("a"))
                            .toList())
                    .isEqualTo(history.versions());
        }
    }

    @Test
    void takesASecondDeliveryBehindAnotherCommitAsADuplicate() {
        Event first = insert(90, 1000, "a", 1);
        key.apply(List.of(first));
        SourcePosition behind = new SourcePosition(0, 205, 90, 0, SourcePosition.Arrival.STREAMED);

        HistoryDelta again = key.apply(List.of(at(behind, first)));

        assertThat(again.duplicate()).isEqualTo(1);
        assertThat(again.upserts()).isEmpty();
        assertThat(key.versions()).extracting(Version::seq).containsExactly(first.seq());
    }

    @Test
    void takesARecordWhoseVersionWasErasedAsADuplicate() {
        key.apply(List.of(insert(1, 10, "a", 1), write(2, 20, "a", 2)));
        key.forget(key.versions().get(1));

        HistoryDelta again = key.apply(List.of(write(2, 20, "a", 2)));

        assertThat(again.duplicate()).isEqualTo(1);
        assertThat(again.upserts()).isEmpty();
    }

    @Test
    void takesASecondReadOfOnePositionAsADuplicate() {
        key.apply(List.of(read(1, 10, "a", 1)));

        assertThat(key.apply(List.of(read(1, 12, "a", 2))).duplicate()).isEqualTo(1);
        assertThat(key.table()).hasSize(1);
    }
}
