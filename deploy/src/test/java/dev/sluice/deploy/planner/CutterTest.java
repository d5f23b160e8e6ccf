package dev.sluice.deploy.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.planner.CutTopic.StoredCut;
import dev.sluice.deploy.planner.Cutter.Portion;
import dev.sluice.sinks.SourceCut;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A broker in miniature: topics, what transactions wrote to them, and the cuts behind them. Each test looks at what a
 * batch holds of the transactions, not at how the cutter found the place.
 */
class CutterTest {

    private static final SourcePartition CUTS = new SourcePartition("cuts", "id-c", 0);
    private static final List<SourcePartition> TOPICS = List.of(partition("a"), partition("b"), partition("c"));

    private final Map<String, Long> ends = new TreeMap<>();
    private final Map<String, Long> positions = new TreeMap<>();
    private final Map<String, Long> changed = new TreeMap<>();
    private final List<StoredCut> cuts = new ArrayList<>();
    /** Records of each topic before each cut, by position of the cut. */
    private final Map<String, Map<String, Long>> before = new HashMap<>();

    private final Set<String> held = new TreeSet<>();
    private Instant now = Instant.parse("2026-11-30T09:00:00Z");
    private long oldestCut;
    private SourceCut known;
    private Cutter cutter = cutter(null, true);

    @Test
    void endsABatchAtTheLastCutThatItCanReach() {
        write("a", 4);
        write("b", 2);
        cut();
        write("a", 3);
        cut();
        write("c", 9);
        cut();
        write("a", 1);

        assertThat(next()).hasValueSatisfying(part -> {
            assertThat(part.ranges()).containsExactly(range("a", 0, 7), range("b", 0, 2));
            assertThat(part.cut()).isEqualTo(cuts.get(1).place());
        });
        assertThat(next().map(Portion::ranges)).contains(List.of(range("c", 0, 9)));
    }

    @Test
    void dividesWhatIsBeforeOneCutAndMoreThanABatchTakesAndNothingElse() {
        write("a", 15);
        write("b", 5);
        cut();

        assertThat(next()).hasValueSatisfying(part -> {
            assertThat(part.ranges()).containsExactly(range("a", 0, 7), range("b", 0, 2));
            assertThat(part.cut()).isNull();
        });
        assertThat(next().orElseThrow().ranges()).containsExactly(range("a", 7, 14), range("b", 2, 4));
        assertThat(next())
                .contains(new Portion(
                        List.of(range("a", 14, 15), range("b", 4, 5)),
                        cuts.get(0).place(),
                        cuts.get(0).place()));
        assertThat(positions).isEqualTo(Map.of("a", 15L, "b", 5L));
    }

    @Test
    void beginsBeforeThereIsACut() {
        assertThat(next()).isEmpty();
        assertThat(next()).isEmpty();
        write("a", 4);
        cut();

        assertThat(next().map(Portion::cut)).contains(cuts.get(0).place());
    }

    @Test
    void waitsForTheCutAndReadsWithoutOneWhenNoneComes() {
        write("a", 4);
        cut();
        next();
        write("a", 1);

        assertThat(next()).isEmpty();
        now = now.plusMillis(900);
        assertThat(next()).isEmpty();
        write("a", 1);
        now = now.plusMillis(900);
        assertThat(next()).as("the records are others").isEmpty();
        now = now.plusMillis(1000);
        assertThat(next().map(Portion::ranges)).contains(List.of(range("a", 4, 6)));
    }

    /** Nothing before a cut counts as read that the asked ends do not show yet. */
    @Test
    void doesNotReachACutThatIsNewerThanTheEnds() {
        write("a", 4);
        Map<SourcePartition, TopicExtent> early = stored();
        write("b", 3);
        cut();
        early.put(CUTS, new TopicExtent(0, 1));

        assertThat(cutter.next(backlog(early), early, topic -> true)).isEmpty();
        assertThat(next().map(Portion::cut)).contains(cuts.get(0).place());
    }

    /** The cuts that named the rest are passed, so the rest comes before a cut counts again. */
    @Test
    void readsTheRestOfADatasetThatWasHeldBeforeACutCounts() {
        held.add("a");
        write("a", 15);
        cut();
        write("b", 2);
        cut();
        next();
        held.clear();
        drain("a");
        write("b", 3);
        cut();

        assertThat(positions).containsEntry("a", 10L);
        assertThat(next().map(Portion::ranges)).contains(List.of(range("a", 10, 15)));
        assertThat(next().map(Portion::cut)).contains(cuts.get(2).place());
    }

    @Test
    void readsWithoutCutsWhereNothingWritesThem() {
        write("a", 30);

        assertThat(cutter.next(backlog(stored()), data(), topic -> true).map(Portion::ranges))
                .contains(List.of(range("a", 0, 10)));
    }

    /** Cuts that were removed before they were read named records; those are read before the next cut counts. */
    @Test
    void readsEverythingFirstWhenCutsAreMissing() {
        write("a", 4);
        cut();
        next();
        write("b", 3);
        cut();
        oldestCut = 2;
        write("a", 2);
        cut();

        assertThat(next().map(Portion::ranges)).contains(List.of(range("a", 4, 6), range("b", 0, 3)));
        write("c", 1);
        cut();
        assertThat(next().map(Portion::cut)).contains(cuts.get(3).place());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsEveryRecordOnceAndEveryTransactionWhole(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 3000; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> write(TOPICS.get(random.nextInt(3)).topic(), 1 + random.nextInt(6));
                case 4, 5 -> cut();
                case 6 -> hold(random);
                case 7 -> now = now.plus(Duration.ofMillis(random.nextInt(1500)));
                case 8 -> restart(random);
                case 9 -> oldestCut = random.nextInt(20) > 0 ? oldestCut : cuts.size();
                default -> next();
            }
        }
        List<String> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(this::drain);
        cut();
        for (int round = 0; round < 2000 && !positions.entrySet().containsAll(ends.entrySet()); round++) {
            now = now.plusMillis(600);
            next();
        }
        ends.forEach((topic, end) -> assertThat(positions).containsEntry(topic, end));
    }

    private void hold(Random random) {
        String topic = TOPICS.get(random.nextInt(3)).topic();
        if (!held.remove(topic)) {
            held.add(topic);
        } else {
            drain(topic);
        }
    }

    /** A dataset flows again after one portion of what it has. */
    private void drain(String topic) {
        List<SourceRange> waiting = backlog(stored()).stream()
                .filter(range -> range.source().topic().equals(topic))
                .toList();
        if (!waiting.isEmpty()) {
            Portion portion = cutter.drain(waiting);
            known = portion.known();
            portion.ranges().forEach(range -> positions.put(topic, range.until()));
        }
    }

    private void restart(Random random) {
        cutter = cutter(random.nextInt(4) > 0 ? known : null, false);
    }

    private void write(String topic, long records) {
        ends.merge(topic, records, Long::sum);
        changed.put(topic, ends.get(topic));
    }

    private void cut() {
        if (changed.isEmpty()) {
            return;
        }
        String position = "0/" + cuts.size();
        cuts.add(new StoredCut(new SourceCut(0, position, CUTS.topicId(), cuts.size() + 1), new TreeMap<>(changed)));
        before.put(position, new TreeMap<>(ends));
        changed.clear();
    }

    /** Plans the next batch, checks it, and takes it as recorded. */
    private Optional<Portion> next() {
        Map<SourcePartition, TopicExtent> stored = stored();
        Optional<Portion> part = cutter.next(backlog(stored), stored, topic -> !held.contains(topic));
        part.ifPresent(planned -> {
            known = planned.known();
            planned.ranges().forEach(range -> {
                String topic = range.source().topic();
                assertThat(held).doesNotContain(topic);
                assertThat(range.from()).isEqualTo(positions.getOrDefault(topic, 0L));
                positions.put(topic, range.until());
            });
            SourceCut cut = planned.cut();
            if (cut != null) {
                before.get(cut.position()).forEach((topic, end) -> {
                    if (!held.contains(topic)) {
                        assertThat(positions.getOrDefault(topic, 0L))
                                .as("records of %s before %s", topic, cut)
                                .isGreaterThanOrEqualTo(end);
                    }
                });
            }
            assertThat(planned.ranges().stream().mapToLong(SourceRange::offsets).sum())
                    .as("a batch holds at least one record of each of the three")
                    .isLessThanOrEqualTo(10 + 2);
        });
        return part;
    }

    private List<SourceRange> backlog(Map<SourcePartition, TopicExtent> stored) {
        return TOPICS.stream()
                .filter(source -> stored.containsKey(source) && !held.contains(source.topic()))
                .map(source -> new SourceRange(
                        source,
                        positions.getOrDefault(source.topic(), 0L),
                        stored.get(source).end()))
                .filter(range -> range.offsets() > 0)
                .toList();
    }

    private Map<SourcePartition, TopicExtent> stored() {
        Map<SourcePartition, TopicExtent> stored = data();
        stored.put(CUTS, new TopicExtent(oldestCut, cuts.size()));
        return stored;
    }

    private Map<SourcePartition, TopicExtent> data() {
        Map<SourcePartition, TopicExtent> data = new HashMap<>();
        TOPICS.forEach(topic -> data.put(topic, new TopicExtent(0, ends.getOrDefault(topic.topic(), 0L))));
        return data;
    }

    private Cutter cutter(SourceCut last, boolean fresh) {
        CutTopic topic = new CutTopic() {
            @Override
            public String name() {
                return CUTS.topic();
            }

            @Override
            public List<StoredCut> read(SourcePartition partition, long from, long until) {
                assertThat(from).isGreaterThanOrEqualTo(oldestCut);
                return cuts.subList((int) from, (int) until);
            }
        };
        TopicFiller filler = PlannerTest.filler("capture-1", Map::of, topic);
        PlannerScope scope = new PlannerScope(List.of(), filler, 10, () -> now, hold -> {}, Map.of());
        return new Cutter(scope, last, fresh);
    }

    private static SourcePartition partition(String topic) {
        return new SourcePartition(topic, "id-" + topic, 0);
    }

    private static SourceRange range(String topic, long from, long until) {
        return new SourceRange(partition(topic), from, until);
    }
}
