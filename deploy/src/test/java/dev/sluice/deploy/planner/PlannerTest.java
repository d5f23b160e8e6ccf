package dev.sluice.deploy.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.audit.event.ActionRecorded;
import dev.sluice.audit.event.BatchAbandoned;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.cdc.CaptureException;
import dev.sluice.deploy.DeployException;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceCut;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    private static final SourcePartition ORDERS = new SourcePartition("shop.orders", "id-1", 0);
    private static final SourcePartition PEOPLE = new SourcePartition("shop.people", "id-2", 0);

    @TempDir
    private Path home;

    private final MovedClock clock = new MovedClock();
    private final List<Holds.Hold> announced = new ArrayList<>();
    private final Map<String, CaptureException> heldByCapture = new HashMap<>();
    private ControlDatabase control;
    private Ledger ledger;
    private Planner planner;

    /** A clock that stands still until a test moves it. */
    private static final class MovedClock implements InstantSource {
        private Instant now = Instant.parse("2026-11-30T09:00:00Z");

        void add(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void open() {
        control = ControlDatabase.open(home.resolve("control.db"));
        ledger = Ledger.open(home.resolve("ledger"), NoteKey.open(home.resolve("keys"), "sluice/shop"));
        planner = planner("capture-1");
    }

    @AfterEach
    void close() {
        ledger.close();
        control.close();
    }

    @Test
    void readsFromTheBeginningFirstAndThenFromWhereTheLedgerEnds() {
        BatchPlan first = next(Map.of(ORDERS, extent(3, 9), PEOPLE, extent(0, 0)));
        record(first);
        BatchPlan second = next(Map.of(ORDERS, extent(3, 12), PEOPLE, extent(0, 4)));
        record(second);

        assertThat(first.ranges()).containsExactly(new SourceRange(ORDERS, 3, 9));
        assertThat(second.ranges()).containsExactly(new SourceRange(ORDERS, 9, 12), new SourceRange(PEOPLE, 0, 4));
        assertThat(List.of(first, second))
                .extracting(plan -> plan.id().number())
                .containsExactly(0L, 1L);
        assertThat(plan(Map.of(ORDERS, extent(3, 12), PEOPLE, extent(0, 4)))).isEmpty();
    }

    @Test
    void executesAPlanAgainThatTheLedgerDoesNotRecordAlsoAfterARestart() {
        BatchPlan cut = next(Map.of(ORDERS, extent(0, 9)));
        Map<SourcePartition, TopicExtent> more = Map.of(ORDERS, extent(0, 50), PEOPLE, extent(0, 50));

        assertThat(plan(more)).contains(cut);
        close();
        open();
        assertThat(plan(more)).contains(cut);
        record(cut);
        assertThat(next(more).ranges()).containsExactly(new SourceRange(ORDERS, 9, 50), new SourceRange(PEOPLE, 0, 50));
    }

    @Test
    void finishesAPlanOverATableThatLeftThePipeline() {
        BatchPlan cut = next(Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 2)));
        close();
        open();
        planner = planner("capture-1", PEOPLE);
        Map<SourcePartition, TopicExtent> more = Map.of(ORDERS, extent(0, 50), PEOPLE, extent(0, 5));

        assertThat(planner.topics()).containsExactly(ORDERS.topic(), PEOPLE.topic());
        assertThat(plan(more)).contains(cut);
        record(cut);
        assertThat(planner.topics()).containsExactly(PEOPLE.topic());
        assertThat(next(more).ranges()).containsExactly(new SourceRange(PEOPLE, 2, 5));
    }

    /** Restored, torn or foreign: whatever the control database lost, the positions are those of the ledger. */
    @Test
    void goesOnFromTheLedgerWithoutAKeptPlan() {
        record(next(Map.of(ORDERS, extent(0, 9))));
        String generation = Planner.generation(control);
        close();
        control = ControlDatabase.open(home.resolve("restored.db"));
        new GatewayState(control).put("generation", generation);
        ledger = Ledger.open(home.resolve("ledger"), NoteKey.open(home.resolve("keys"), "sluice/shop"));
        planner = planner("capture-1");

        BatchPlan plan = next(Map.of(ORDERS, extent(0, 11)));

        assertThat(plan).isEqualTo(new BatchPlan(new BatchId(generation, 1), List.of(new SourceRange(ORDERS, 9, 11))));
    }

    @Test
    void refusesAPlanThatTheLedgerDoesNotReach() {
        BatchPlan cut = next(Map.of(ORDERS, extent(0, 9)));
        new OpenPlan(new GatewayState(control))
                .write(new BatchPlan(new BatchId(cut.id().generation(), 7), cut.ranges()), null);

        assertThatThrownBy(() -> plan(Map.of(ORDERS, extent(0, 9))))
                .hasMessageContaining("DEP-317")
                .hasMessageContaining("/7")
                .hasMessageContaining("number 0");
    }

    @Test
    void holdsADatasetWhoseRecordsAreGoneAndReadsTheOthers() {
        record(next(Map.of(ORDERS, extent(0, 9))));

        BatchPlan others = next(Map.of(ORDERS, extent(12, 20), PEOPLE, extent(0, 3)));

        assertThat(others.ranges()).containsExactly(new SourceRange(PEOPLE, 0, 3));
        assertHeld("DEP-309", "shop.orders/0 up to offset 9", "from offset 12");
        record(others);
        assertThat(plan(Map.of(ORDERS, extent(12, 20), PEOPLE, extent(0, 3)))).isEmpty();
        clock.add(Duration.ofMinutes(2));
        assertThat(plan(Map.of(ORDERS, extent(0, 8), PEOPLE, extent(0, 3)))).isEmpty();
        assertHeld("DEP-315", "ends at offset 8");
        clock.add(Duration.ofHours(1));
        assertThat(plan(Map.of(ORDERS, extent(9, 9), PEOPLE, extent(0, 3)))).isEmpty();
        assertThat(planner.holds()).isEmpty();
    }

    @Test
    void holdsADatasetWhoseTopicIsGoneUntilTheTopicIsThereAgain() {
        record(next(Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 2))));

        assertThat(planner.next(Map.of(PEOPLE, extent(0, 3))))
                .hasValueSatisfying(plan -> assertThat(plan.ranges()).containsExactly(new SourceRange(PEOPLE, 2, 3)));
        assertHeld("DEP-319", "no topic shop.orders");
        record(next(Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3))));
        clock.add(Duration.ofMinutes(1));
        assertThat(plan(Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3)))).isEmpty();
        assertThat(planner.holds()).isEmpty();
    }

    @Test
    void givesUpAnUnfinishedPlanWhoseRecordsAreGone() {
        BatchPlan unfinished = next(Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3)));

        BatchPlan others = next(Map.of(ORDERS, extent(1, 9), PEOPLE, extent(0, 3)));

        assertThat(others.ranges()).containsExactly(new SourceRange(PEOPLE, 0, 3));
        assertThat(others.id().number()).isEqualTo(1);
        assertAbandoned(unfinished);
        assertHeld("DEP-309", "up to offset 0");
    }

    @Test
    void holdsTheDatasetOfAFailureAndReadsTheOthers() {
        Map<SourcePartition, TopicExtent> extents = Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3));
        BatchPlan all = next(extents);

        assertThat(planner.hold(all, new DeployException("DEP-999", "No dataset.")))
                .isFalse();
        assertThat(planner.hold(all, new DeployException("DEP-999", "Other.").ofDataset("shop.other")))
                .isFalse();
        assertThat(planner.hold(all, refusal())).isTrue();

        assertHeld("DEP-999", "Refused.");
        BatchPlan others = next(extents);
        assertThat(others).isEqualTo(new BatchPlan(all.id(), List.of(new SourceRange(PEOPLE, 0, 3))));
        assertThat(planner.missing(extents)).isEqualTo(3);
        record(others);
        assertThat(planner.missing(extents)).isZero();
        assertThat(plan(extents)).isEmpty();
        assertThat(announced).extracting(Holds.Hold::dataset).containsExactly(ORDERS.topic());
    }

    /** A pattern of the pipeline matches a table that comes while the gateway runs. */
    @Test
    void readsTheTopicOfATableThatCaptureHasFound() {
        Map<SourcePartition, TopicExtent> extents = Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3));
        Set<String> found = new TreeSet<>();
        planner = new Planner(
                control,
                ledger,
                new PlannerScope(
                        List.of(ORDERS.topic()),
                        filler("capture-1", Map::of, CutTopic.NONE, found),
                        100,
                        clock,
                        announced::add,
                        Map.of()));
        record(next(extents));
        assertThat(plan(extents)).isEmpty();

        found.add(PEOPLE.topic());

        assertThat(planner.topics()).contains(PEOPLE.topic());
        assertThat(plan(Map.of(ORDERS, extent(0, 9)))).isEmpty();
        assertThat(planner.holds()).isEmpty();
        assertThat(next(extents).ranges()).containsExactly(new SourceRange(PEOPLE, 0, 3));
    }

    @Test
    void holdsTheTopicOfADatasetThatHasAnotherName() {
        planner = new Planner(
                control,
                ledger,
                new PlannerScope(
                        List.of(ORDERS.topic(), PEOPLE.topic()),
                        filler("capture-1", Map::of, CutTopic.NONE),
                        100,
                        clock,
                        announced::add,
                        Map.of("shop.public.orders", ORDERS.topic())));
        BatchPlan all = next(Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3)));

        assertThat(planner.hold(all, new DeployException("DEP-999", "Refused.").ofDataset("shop.public.orders")))
                .isTrue();

        assertHeld("DEP-999", "Refused.");
        assertThat(Holds.kept(new GatewayState(control)))
                .extracting(Holds.Hold::name)
                .containsExactly("shop.public.orders");
    }

    /** A plan that failed once may be written in part, so its number is used up. */
    @Test
    void givesUpThePlanOfAnEarlierAttempt() {
        Map<SourcePartition, TopicExtent> extents = Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3));
        BatchPlan cut = next(extents);
        assertThat(plan(extents)).contains(cut);

        assertThat(planner.hold(cut, refusal())).isTrue();

        assertAbandoned(cut);
        assertThat(next(extents).id().number()).isEqualTo(1);
    }

    @Test
    void triesAHeldDatasetAloneAndInGrowingDistances() {
        Map<SourcePartition, TopicExtent> extents = Map.of(ORDERS, extent(0, 900), PEOPLE, extent(0, 3));
        planner.hold(next(extents), refusal());
        Instant since = planner.holds().get(0).since();
        record(next(extents));
        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            clock.add(Duration.ofMinutes(minutes).minusMillis(1));
            assertThat(plan(extents)).as(minutes + " minutes are not over").isEmpty();
            clock.add(Duration.ofMillis(1));
            BatchPlan alone = next(extents);
            assertThat(alone.ranges()).containsExactly(new SourceRange(ORDERS, 0, 100));
            planner.hold(alone, refusal());
        }

        assertThat(planner.holds()).extracting(Holds.Hold::since).containsExactly(since);
        assertThat(announced).hasSize(1);
    }

    @Test
    void letsADatasetFlowInOrderWhenAStartFindsItsCauseGone() {
        Map<SourcePartition, TopicExtent> extents = Map.of(ORDERS, extent(0, 150), PEOPLE, extent(0, 300));
        planner.hold(next(extents), refusal());
        close();
        open();
        assertThat(planner.missing(extents)).isEqualTo(450);
        assertThat(planner.holds()).hasSize(1);

        BatchPlan alone = next(extents);
        record(alone);
        BatchPlan both = next(extents);

        assertThat(alone.ranges()).containsExactly(new SourceRange(ORDERS, 0, 100));
        assertThat(both.ranges()).extracting(SourceRange::from).containsExactly(100L, 0L);
        assertThat(planner.holds()).isEmpty();
        assertThat(actions()).containsExactly("dataset.held", "dataset.released");
    }

    /** No plan reads what capture holds, however long; what capture releases is read at once. */
    @Test
    void followsWhatCaptureHolds() {
        Map<SourcePartition, TopicExtent> extents = Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3));
        heldByCapture.put(ORDERS.topic(), new CaptureException("CDC-022", "No key.", false, null));
        assertThat(planner.missing(extents)).isEqualTo(3);
        planner.followCapture();
        assertHeld("CDC-022", "No key.");

        record(next(extents));
        close();
        open();
        for (int hours = 0; hours < 3; hours++) {
            clock.add(Duration.ofHours(hours));
            assertThat(plan(extents)).isEmpty();
            assertThat(plan(Map.of(PEOPLE, extent(0, 3)))).isEmpty();
        }
        assertHeld("CDC-022", "No key.");
        heldByCapture.put(ORDERS.topic(), new CaptureException("CDC-019", "No snapshot.", false, null));
        assertThat(plan(extents)).isEmpty();
        assertHeld("CDC-019", "No snapshot.");
        heldByCapture.clear();
        BatchPlan alone = next(extents);
        record(alone);

        assertThat(alone.ranges()).containsExactly(new SourceRange(ORDERS, 0, 9));
        assertThat(planner.holds()).isEmpty();
        assertThat(actions()).containsExactly("dataset.held", "dataset.held", "dataset.released");
        assertThat(announced).extracting(Holds.Hold::code).containsExactly("CDC-022", "CDC-019");
    }

    @ParameterizedTest
    @ValueSource(strings = {"capture-1", ""})
    void holdsATopicThatWasMadeAgainUnderTheSameCapture(String capture) {
        planner = planner(capture);
        record(next(Map.of(ORDERS, extent(0, 9))));
        SourcePartition again = new SourcePartition(ORDERS.topic(), "id-3", 0);

        assertThat(plan(Map.of(again, extent(0, 20)))).isEmpty();
        assertHeld("DEP-316", "shop.orders");
        close();
        open();
        planner = planner(capture);
        assertThat(plan(Map.of(again, extent(0, 20)))).isEmpty();
        assertHeld("DEP-316", "shop.orders");
    }

    /** The printed recovery of capture removes topics and state folder: the new topics are read from their start. */
    @Test
    void readsTheTopicsOfANewCaptureFromTheirStartAndGivesUpWhatItCannotFinish() {
        record(next(Map.of(ORDERS, extent(0, 9))));
        BatchPlan unfinished = next(Map.of(ORDERS, extent(0, 15)));
        SourcePartition again = new SourcePartition(ORDERS.topic(), "id-3", 0);
        planner = planner("capture-2");

        BatchPlan plan = next(Map.of(again, extent(0, 20)));

        assertThat(plan.ranges()).containsExactly(new SourceRange(again, 0, 20));
        assertThat(plan.id().number()).isEqualTo(2);
        assertAbandoned(unfinished);
        close();
        open();
        planner = planner("capture-2");
        assertThat(plan(Map.of(again, extent(0, 21)))).contains(plan);
    }

    @Test
    void sharesABatchAmongPartitionsByWhatTheyOffer() {
        BatchPlan plan = next(Map.of(ORDERS, extent(0, 1000), PEOPLE, extent(0, 1)));

        assertThat(plan.ranges()).containsExactly(new SourceRange(ORDERS, 0, 99), new SourceRange(PEOPLE, 0, 1));
    }

    /** Over random growth, kills and cuts: the recorded ranges of a partition lie end to end and lose nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void coversEveryOffsetOnce(long seed) {
        Random random = new Random(seed);
        Map<SourcePartition, TopicExtent> extents = new HashMap<>();
        Map<SourcePartition, Long> read = new HashMap<>();
        long number = 0;
        for (int round = 0; round < 60; round++) {
            SourcePartition grows = random.nextBoolean() ? ORDERS : PEOPLE;
            long end = extents.getOrDefault(grows, extent(0, 0)).end();
            extents.put(grows, extent(0, end + random.nextInt(300)));
            Optional<BatchPlan> plan = plan(extents);
            if (random.nextInt(3) == 0) {
                close();
                open();
            } else if (plan.isPresent()) {
                assertThat(plan.get().id().number()).isEqualTo(number++);
                for (SourceRange range : plan.get().ranges()) {
                    assertThat(range.from()).isEqualTo(read.getOrDefault(range.source(), 0L));
                    read.put(range.source(), range.until());
                }
                record(plan.get());
            }
        }
        while (planner.missing(extents) > 0) {
            BatchPlan plan = next(extents);
            plan.ranges().forEach(range -> read.put(range.source(), range.until()));
            record(plan);
        }
        assertThat(read).isNotEmpty();
        read.forEach((source, until) -> assertThat(until)
                .isEqualTo(extents.getOrDefault(source, extent(0, 0)).end()));
    }

    /** The form of a kept plan; a change of it needs a new version and a new format of the home. */
    @Test
    void finishesAReplayFirstAndNumbersTheLettersOnesAfterTheOther() {
        Map<SourcePartition, TopicExtent> extents = Map.of(ORDERS, extent(0, 9));
        Replays replays = new Replays(control, ledger);
        BatchPlan replay =
                replays.plan(List.of("shop.orders-0-7", "shop.orders-0-3")).orElseThrow();

        assertThat(replay.letters()).containsExactly("shop.orders-0-3", "shop.orders-0-7");
        assertThat(replays.plan(List.of("shop.orders-0-9")))
                .as("another must be finished first")
                .isEmpty();
        close();
        open();
        assertThat(planner.topics()).containsOnly(ORDERS.topic(), PEOPLE.topic());
        assertThat(next(extents)).isEqualTo(replay);
        record(replay);
        BatchPlan batch = next(extents);
        record(batch);
        BatchPlan later =
                new Replays(control, ledger).plan(List.of("shop.orders-0-9")).orElseThrow();

        assertThat(batch.ranges()).containsExactly(new SourceRange(ORDERS, 0, 9));
        assertThat(later.id().number()).isEqualTo(2);
        assertThat(later.ranges())
                .extracting(SourceRange::from, SourceRange::until)
                .containsExactly(tuple(2L, 3L));
    }

    @Test
    void givesUpAReplayThatFailsForADatasetAndHoldsNothing() {
        Map<SourcePartition, TopicExtent> extents = Map.of(ORDERS, extent(0, 9));
        assertThat(new Replays(control, ledger).plan(List.of("shop.orders-0-3")))
                .isPresent();
        BatchPlan replay = next(extents);

        assertThat(planner.hold(replay, refusal())).isTrue();

        assertAbandoned(replay);
        assertThat(actions()).containsExactly("dlq.replay-failed");
        assertThat(planner.holds()).isEmpty();
        assertThat(next(extents).ranges()).containsExactly(new SourceRange(ORDERS, 0, 9));
    }

    /** The plan that reached the cut was never recorded, so its records are read before a later cut counts. */
    @Test
    void doesNotTakeTheCutOfAPlanForReachedThatWasGivenUp() {
        SourcePartition cuts = new SourcePartition("cuts", "id-c", 0);
        List<CutTopic.StoredCut> written = new ArrayList<>();
        written.add(cut(0, Map.of(ORDERS.topic(), 2L, PEOPLE.topic(), 3L)));
        planner = planner(written);
        Map<SourcePartition, TopicExtent> stored =
                Map.of(ORDERS, extent(0, 2), PEOPLE, extent(0, 3), cuts, extent(0, 1));
        BatchPlan reached = planner.next(stored).orElseThrow();
        assertThat(reached.cut()).isEqualTo(written.get(0).place());
        planner = planner(written);
        assertThat(planner.next(stored)).contains(reached);
        assertThat(planner.hold(reached, refusal())).isTrue();
        assertThat(planner.holds().get(0).accounted()).isNull();
        planner = planner(written);
        written.add(cut(1, Map.of("shop.other", 1L)));
        Map<SourcePartition, TopicExtent> more = Map.of(ORDERS, extent(0, 2), PEOPLE, extent(0, 3), cuts, extent(0, 2));

        List<BatchPlan> plans = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            plans.add(planner.next(more).orElseThrow());
            record(plans.get(i));
        }

        assertThat(plans).extracting(BatchPlan::cut).containsOnlyNulls();
        assertThat(plans).extracting(BatchPlan::ranges).contains(List.of(new SourceRange(PEOPLE, 0, 3)));
    }

    private static CutTopic.StoredCut cut(long number, Map<String, Long> ends) {
        return new CutTopic.StoredCut(new SourceCut(0, "0/" + number, "id-c", number + 1), ends);
    }

    private Planner planner(List<CutTopic.StoredCut> written) {
        CutTopic topic = new CutTopic() {
            @Override
            public String name() {
                return "cuts";
            }

            @Override
            public List<StoredCut> read(SourcePartition partition, long from, long until) {
                return written.subList((int) from, (int) until);
            }
        };
        List<String> topics = List.of(ORDERS.topic(), PEOPLE.topic());
        TopicFiller filler = filler("capture-1", () -> heldByCapture, topic);
        return new Planner(control, ledger, new PlannerScope(topics, filler, 100, clock, announced::add, Map.of()));
    }

    @Test
    void holdsEveryDatasetThatFailsInOneBatch() {
        BatchPlan all = next(Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3)));

        assertThat(planner.hold(all, refusal(), new DeployException("DEP-999", "Refused.").ofDataset(PEOPLE.topic())))
                .isTrue();

        assertThat(planner.holds()).extracting(Holds.Hold::dataset).containsExactly(ORDERS.topic(), PEOPLE.topic());
        assertThat(plan(Map.of(ORDERS, extent(0, 9), PEOPLE, extent(0, 3)))).isEmpty();
    }

    /** A cut is written when the broker has the records before it, so what is missing then is lost. */
    @Test
    void holdsADatasetWhoseTopicLostRecordsThatACutNames() {
        SourcePartition cuts = new SourcePartition("cuts", "id-c", 0);
        planner = planner(List.of(new CutTopic.StoredCut(
                new SourceCut(0, "0/1", cuts.topicId(), 1), Map.of(ORDERS.topic(), 5L, PEOPLE.topic(), 3L))));
        Map<SourcePartition, TopicExtent> stored =
                Map.of(cuts, extent(0, 1), ORDERS, extent(0, 4), PEOPLE, extent(0, 3));

        assertThat(plan(stored)).as("the ends may be older than the cut").isEmpty();
        clock.add(Duration.ofMillis(900));
        assertThat(plan(stored)).isEmpty();
        clock.add(Duration.ofMillis(200));
        BatchPlan others = next(stored);

        assertHeld("DEP-315", "Capture has filled shop.orders/0 up to offset 5", "ends at offset 4");
        assertThat(others.ranges()).containsExactly(new SourceRange(PEOPLE, 0, 3));
        assertThat(others.cut()).isNotNull();
    }

    @Test
    void keepsAPlanInAFrozenForm() {
        BatchPlan plan = new BatchPlan(new BatchId("g1", 4), List.of(new SourceRange(ORDERS, 3, 9)));
        String text = "{\"version\":1,\"generation\":\"g1\",\"number\":4,\"digest\":\"" + plan.digest()
                + "\",\"ranges\":[{\"topic\":\"shop.orders\",\"topicId\":\"id-1\",\"partition\":0,\"from\":3,"
                + "\"until\":9}]}";

        assertThat(OpenPlan.text(plan, null)).isEqualTo(text);
        assertThat(OpenPlan.parse(text)).isEqualTo(plan);
        SourceCut cut = new SourceCut(1, "0/16B3748", "id-9", 12);
        BatchPlan whole = new BatchPlan(plan.id(), plan.ranges(), List.of(), cut);
        String withCut = text.replaceFirst(
                "}$",
                ",\"cut\":{\"epoch\":1,\"position\":\"0/16B3748\",\"topicId\":\"id-9\",\"next\":12,\"reached\":true}}");
        assertThat(OpenPlan.text(whole, null)).isEqualTo(withCut);
        assertThat(OpenPlan.parse(withCut)).isEqualTo(whole);
        assertThat(OpenPlan.text(plan, cut)).isEqualTo(withCut.replace("true", "false"));
        assertThat(OpenPlan.parse(withCut.replace("true", "false"))).isEqualTo(plan);
        for (String damaged : List.of(
                "",
                "{}",
                "null",
                text.substring(0, 40),
                text.replace("\"version\":1", "\"version\":2"),
                text.replace("\"from\":3", "\"from\":4"),
                text.replace("\"number\":4", "\"number\":\"x\""),
                text.replace("\"g1\"", "\"g 1\""))) {
            assertThatThrownBy(() -> OpenPlan.parse(damaged)).as(damaged).hasMessageContaining("DEP-308");
        }
    }

    private static DeployException refusal() {
        return new DeployException("DEP-999", "Refused.").ofDataset(ORDERS.topic());
    }

    private void assertHeld(String code, String... parts) {
        assertThat(planner.holds()).singleElement().satisfies(hold -> {
            assertThat(hold.dataset()).isEqualTo(ORDERS.topic());
            assertThat(hold.code()).isEqualTo(code);
            assertThat(hold.reason()).contains(parts);
            assertThat(hold.next()).isEqualTo("sluice explain " + code);
        });
        assertThat(Holds.kept(new GatewayState(control))).isEqualTo(planner.holds());
    }

    private void assertAbandoned(BatchPlan plan) {
        assertThat(events())
                .filteredOn(BatchAbandoned.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    BatchAbandoned abandoned = (BatchAbandoned) event;
                    assertThat(abandoned.batch()).isEqualTo(plan.id());
                    assertThat(abandoned.plan()).isEqualTo(plan.digest());
                });
    }

    private List<String> actions() {
        return events().stream()
                .filter(ActionRecorded.class::isInstance)
                .map(event -> ((ActionRecorded) event).action())
                .toList();
    }

    private List<LedgerEvent> events() {
        return LongStream.range(0, ledger.size()).mapToObj(ledger::leaf).toList();
    }

    private BatchPlan next(Map<SourcePartition, TopicExtent> extents) {
        return plan(extents).orElseThrow();
    }

    /** A topic that a test does not name is there and empty. */
    private Optional<BatchPlan> plan(Map<SourcePartition, TopicExtent> extents) {
        Map<SourcePartition, TopicExtent> all = new HashMap<>(extents);
        for (SourcePartition source : List.of(ORDERS, PEOPLE)) {
            if (extents.keySet().stream().noneMatch(named -> named.topic().equals(source.topic()))) {
                all.put(source, extent(0, 0));
            }
        }
        return planner.next(all);
    }

    private void record(BatchPlan plan) {
        Receipt.Seen nothing = new Receipt.Seen(0, 0, null, null);
        ledger.record(new Receipt(plan.id(), plan.ranges(), Counts.NONE, nothing, List.of(), null));
        planner.recorded(plan);
    }

    private Planner planner(String capture) {
        return planner(capture, ORDERS, PEOPLE);
    }

    private Planner planner(String capture, SourcePartition... read) {
        List<String> topics = Stream.of(read).map(SourcePartition::topic).toList();
        return new Planner(
                control,
                ledger,
                new PlannerScope(
                        topics,
                        filler(capture, () -> heldByCapture, CutTopic.NONE),
                        100,
                        clock,
                        announced::add,
                        Map.of()));
    }

    /** A capture of that life cycle that holds these datasets. */
    static TopicFiller filler(String lifeCycle, Supplier<Map<String, CaptureException>> held, CutTopic cuts) {
        return filler(lifeCycle, held, cuts, Set.of());
    }

    private static TopicFiller filler(
            String lifeCycle, Supplier<Map<String, CaptureException>> held, CutTopic cuts, Set<String> found) {
        return new TopicFiller() {
            @Override
            public Set<String> topics() {
                return found;
            }

            @Override
            public String lifeCycle() {
                return lifeCycle;
            }

            @Override
            public Map<String, CaptureException> held() {
                return held.get();
            }

            @Override
            public CutTopic cuts() {
                return cuts;
            }
        };
    }

    private static TopicExtent extent(long first, long end) {
        return new TopicExtent(first, end);
    }
}
