package dev.sluice.sinks.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares the history with what a simulated database knows about itself. */
class SimulatedSourceTest {

    private static final int DATABASES = 4_000;

    /** A version as the database tells it; the beginning of what a snapshot found is not known. */
    private record Told(Long from, Long to, Map<String, Object> row) {}

    private long versions;
    private long latent;
    private long parked;
    private long inversions;

    @Test
    void theTableTellsWhatTheDatabaseTellsWhateverTheOrderOfArrival() {
        for (long seed = 0; seed < DATABASES; seed++) {
            SimulatedSource source = new SimulatedSource(seed);
            Random random = new Random(seed);
            inversions += source.inversions;
            for (int key = 0; key < SimulatedSource.KEYS; key++) {
                check("seed " + seed + ", key " + key, source, key, random);
            }
        }
        // Guards the generator: every corner must really have been visited.
        assertThat(versions).isGreaterThan(3L * DATABASES);
        assertThat(latent).isGreaterThan(DATABASES);
        assertThat(parked).isGreaterThan(DATABASES / 10);
        assertThat(inversions).isGreaterThan(DATABASES / 10);
    }

    private void check(String what, SimulatedSource source, int key, Random random) {
        List<List<Event>> batches = batches(source, key, random);
        StoredKey stored = new StoredKey();
        int deliveries = 0;
        for (List<Event> batch : batches) {
            HistoryDelta delta = stored.apply(batch);
            int own = (int) batch.stream()
                    .filter(e -> e.op() != dev.sluice.cdc.event.Change.Op.TRUNCATE)
                    .count();
            assertThat(delta.applied() + delta.duplicate() + delta.parked())
                    .as("%s: every delivery is counted once", what)
                    .isEqualTo(own);
            deliveries += own;
        }
        assertThat(stored.duplicate)
                .as("%s: distinct events are never duplicates", what)
                .isEqualTo(deliveries - source.events(key).size());
        assertSame(what, stored.table(), told(source.facts(key)));
        assertInvariants(what, stored.versions());
        assertReplayChangesNothing(what, batches, stored);
        versions += stored.versions().size();
        latent += stored.latent().size();
        parked += stored.parked;
    }

    /** The versions that follow from the facts: one for each commit after which the row was another one. */
    private static List<Told> told(List<SimulatedSource.Fact> facts) {
        List<Told> told = new ArrayList<>();
        Long moment = null;
        Map<String, Object> row = null;
        Long from = null;
        for (int i = 0; i < facts.size(); i++) {
            SimulatedSource.Fact fact = facts.get(i);
            if (i > 0) {
                moment = moment == null ? fact.committedAt() : Math.max(moment + 1, fact.committedAt());
            }
            if (!Objects.equals(fact.row(), row)) {
                if (row != null) {
                    told.add(new Told(from, moment, row));
                }
                row = fact.row();
                from = moment;
            }
        }
        if (row != null) {
            told.add(new Told(from, null, row));
        }
        return told;
    }

    private static void assertSame(String what, List<StoredKey.TableVersion> table, List<Told> told) {
        assertThat(table.stream().map(v -> new TreeMap<>(v.values())).toList())
                .as("%s: rows", what)
                .isEqualTo(told.stream().map(v -> new TreeMap<>(v.row())).toList());
        for (int i = 0; i < told.size(); i++) {
            Long from = told.get(i).from();
            assertThat(table.get(i).to())
                    .as("%s: end of version %d", what, i)
                    .isEqualTo(told.get(i).to());
            if (from != null) {
                assertThat(table.get(i).from())
                        .as("%s: begin of version %d", what, i)
                        .isEqualTo(from);
            }
        }
    }

    private static void assertInvariants(String what, List<Version> versions) {
        for (int i = 0; i < versions.size(); i++) {
            Version version = versions.get(i);
            Version.Closing closing = version.closing();
            assertThat(version.image().absent()).as(what).isEmpty();
            if (closing == null) {
                assertThat(i).as("%s: only the last is open", what).isEqualTo(versions.size() - 1);
                continue;
            }
            assertThat(closing.validTo()).as("%s: no empty interval", what).isGreaterThan(version.validFrom());
            if (i + 1 < versions.size()) {
                Version next = versions.get(i + 1);
                assertThat(next.validFrom()).as("%s: no overlap", what).isGreaterThanOrEqualTo(closing.validTo());
            }
        }
    }

    private static void assertReplayChangesNothing(String what, List<List<Event>> batches, StoredKey stored) {
        for (List<Event> batch : batches) {
            HistoryDelta again = stored.apply(batch);
            assertThat(again.upserts()).as(what).isEmpty();
            assertThat(again.removals()).as(what).isEmpty();
            assertThat(again.latent()).as(what).isEmpty();
            assertThat(again.applied() + again.parked()).as(what).isZero();
        }
    }

    /** The events of a key and all truncates, some twice, mostly out of order, cut into batches. */
    private static List<List<Event>> batches(SimulatedSource source, int key, Random random) {
        List<Event> deliveries = new ArrayList<>(source.events(key));
        deliveries.addAll(source.truncates());
        for (Event event : source.events(key)) {
            if (random.nextInt(5) == 0) {
                deliveries.add(event);
            }
        }
        if (random.nextInt(3) > 0) {
            Collections.shuffle(deliveries, random);
        }
        List<List<Event>> batches = new ArrayList<>();
        List<Event> batch = new ArrayList<>();
        for (Event event : deliveries) {
            batch.add(event);
            if (random.nextInt(3) == 0) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
        }
        batches.add(batch);
        return batches;
    }
}
