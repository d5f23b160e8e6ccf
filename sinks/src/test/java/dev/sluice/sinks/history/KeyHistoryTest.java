package dev.sluice.sinks.history;

import static dev.sluice.sinks.history.HistoryEvents.delete;
import static dev.sluice.sinks.history.HistoryEvents.seq;
import static dev.sluice.sinks.history.HistoryEvents.truncate;
import static dev.sluice.sinks.history.HistoryEvents.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyHistoryTest {

    private static final int HISTORIES = 20_000;

    private final StoredKey key = new StoredKey();

    @Test
    void agreesWithTheModelOnRandomHistoriesInAnyOrderOfArrival() {
        long versions = 0;
        long latent = 0;
        long parked = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomHistory history = RandomHistory.of(seed);
            StoredKey stored = new StoredKey();
            int deliveries = 0;
            for (List<Event> batch : history.batches()) {
                HistoryDelta delta = stored.apply(batch);
                long own = batch.stream()
                        .filter(e -> e.op() != dev.sluice.cdc.event.Change.Op.TRUNCATE)
                        .count();
                assertThat(delta.applied() + delta.duplicate() + delta.parked())
                        .as("seed %d: every delivery is counted once", seed)
                        .isEqualTo((int) own);
                deliveries += (int) own;
            }
            List<Event> all = new ArrayList<>(history.events());
            all.addAll(history.truncates());
            HistoryModel model = new HistoryModel(all);
            assertThat(stored.table()).as("seed %d", seed).isEqualTo(model.table());
            assertInvariants(seed, stored);
            assertThat(stored.duplicate)
                    .as("seed %d: distinct events are never duplicates", seed)
                    .isEqualTo(deliveries - history.events().size());
            assertReplayChangesNothing(seed, history, stored);
            versions += stored.versions().size();
            latent += stored.latent().size();
            parked += model.parked();
        }
        // Guards the generator: every corner must really have been visited.
        assertThat(versions).isGreaterThan(HISTORIES);
        assertThat(latent).isGreaterThan(HISTORIES);
        assertThat(parked).isGreaterThan(HISTORIES / 10);
    }

    private static void assertInvariants(long seed, StoredKey stored) {
        List<Version> versions = stored.versions();
        for (int i = 0; i < versions.size(); i++) {
            Version version = versions.get(i);
            Version.Closing closing = version.closing();
            assertThat(version.image().absent()).as("seed %d", seed).isEmpty();
            if (closing == null) {
                assertThat(i).as("seed %d: only the last is open", seed).isEqualTo(versions.size() - 1);
                continue;
            }
            assertThat(closing.validTo()).as("seed %d: no empty interval", seed).isGreaterThan(version.validFrom());
            if (i + 1 < versions.size()) {
                Version next = versions.get(i + 1);
                assertThat(next.validFrom()).as("seed %d: no overlap", seed).isGreaterThanOrEqualTo(closing.validTo());
                boolean touches = next.validFrom() == closing.validTo();
                assertThat(touches && next.image().equals(version.image()))
                        .as("seed %d: touching versions differ", seed)
                        .isFalse();
            }
        }
    }

    private static void assertReplayChangesNothing(long seed, RandomHistory history, StoredKey stored) {
        for (List<Event> batch : history.batches()) {
            HistoryDelta again = stored.apply(batch);
            assertThat(again.upserts()).as("seed %d", seed).isEmpty();
            assertThat(again.removals()).as("seed %d", seed).isEmpty();
            assertThat(again.latent()).as("seed %d", seed).isEmpty();
            assertThat(again.applied() + again.parked()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void splitsAClosedVersionWhenAnEventBetweenArrivesLate() {
        key.apply(List.of(write(1, 10, "a", 1), write(3, 30, "a", 3)));
        key.apply(List.of(write(2, 20, "a", 2)));

        assertThat(key.table())
                .extracting(HistoryModel.TableVersion::from, HistoryModel.TableVersion::to)
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
        key.apply(List.of(write(1, 10, "a", 1), write(2, 10, "a", 2), write(3, 20, "a", 2)));

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
    void truncateClosesWhatIsOpenAtItsPositionAlsoForLateArrivals() {
        key.apply(List.of(truncate(5, 50)));
        key.apply(List.of(write(1, 10, "a", 1)));
        key.apply(List.of(write(6, 60, "a", 6)));

        assertThat(key.table())
                .extracting(HistoryModel.TableVersion::from, HistoryModel.TableVersion::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10L, 50L), org.assertj.core.groups.Tuple.tuple(60L, null));
    }

    @Test
    void doesNotGrowAVersionOverTheGapThatAnErasedOneLeft() {
        key.apply(List.of(write(1, 10, "a", 1), write(2, 20, "a", 2)));
        key.forget(key.versions().get(1));
        key.apply(List.of(write(3, 30, "a", 3)));

        assertThat(key.table())
                .extracting(HistoryModel.TableVersion::from, HistoryModel.TableVersion::to)
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
}
