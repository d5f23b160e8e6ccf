package dev.sluice.deploy.bench;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Draws the changes: an initial load, then batches over uniformly drawn keys. Of the keys of a batch about 66 % are
 * updated, 20 % new, 10 % deleted and 4 % inserted again after a delete in an earlier batch; one key in five changes
 * twice or three times in the batch, a deleted one by being inserted again. One to four neighbours share a transaction
 * and with it the commit time.
 */
final class Workload {

    static final long SNAPSHOT_LSN = 0x1_0000_0000L;
    static final long SNAPSHOT_MICROS = 1_790_000_000_000_000L;

    private static final int NEW = 20;
    private static final int DELETED = 30;
    private static final int BACK = 34;
    private static final int AGAIN = 20;

    private final Random random;
    private final int keys;
    private final int[] revisions;
    private final long[] updated;
    private final BitSet alive = new BitSet();
    private final List<Integer> dead = new ArrayList<>();
    private int known;
    private long lsn = SNAPSHOT_LSN;
    private Change.Place last = new Change.Place(SNAPSHOT_LSN, SNAPSHOT_MICROS, 1_000, 0);

    Workload(Settings settings) {
        this.random = new Random(settings.seed());
        this.keys = settings.keys();
        this.revisions = new int[keys + settings.batches() * settings.changes()];
        this.updated = new long[revisions.length];
    }

    /** The rows that are there when capture starts. */
    void initial(Consumer<Change> out) {
        for (int key = 0; key < keys; key++) {
            updated[key] = SNAPSHOT_MICROS - 1 - key;
            alive.set(key);
            out.accept(new Change("r", key + 1L, null, state(key), last));
        }
        known = keys;
    }

    /** The next batch, in the order of the source. */
    List<Change> batch(int changes) {
        Map<Integer, Integer> dice = new HashMap<>();
        List<Integer> order = new ArrayList<>();
        while (order.size() < changes) {
            int roll = random.nextInt(100);
            int key = key(roll);
            if (key >= 0 && dice.putIfAbsent(key, roll) == null) {
                int times = random.nextInt(100) < AGAIN ? 2 + random.nextInt(4) / 3 : 1;
                order.addAll(Collections.nCopies(Math.min(times, changes - order.size()), key));
            }
        }
        Collections.shuffle(order, random);
        List<Change> drawn = new ArrayList<>();
        order.forEach(key -> drawn.add(change(key, dice.put(key, BACK))));
        return drawn;
    }

    private int key(int roll) {
        if (roll < NEW) {
            return known++;
        }
        if (roll >= DELETED && roll < BACK) {
            return dead.isEmpty() ? -1 : takeDead();
        }
        int key = random.nextInt(known);
        return alive.get(key) ? key : -1;
    }

    private int takeDead() {
        Collections.swap(dead, random.nextInt(dead.size()), dead.size() - 1);
        return dead.remove(dead.size() - 1);
    }

    private Change change(int key, int roll) {
        last = next();
        Customers.State before = alive.get(key) ? state(key) : null;
        if (before != null && roll >= NEW && roll < DELETED) {
            alive.clear(key);
            dead.add(key);
            return new Change("d", key + 1L, before, null, last);
        }
        if (before == null) {
            dead.remove((Integer) key);
        }
        alive.set(key);
        revisions[key]++;
        // The database's own clock ticks inside a transaction, so that two changes never write the same time.
        updated[key] = last.committedMicros() - 1_000 + last.order();
        return new Change(before == null ? "c" : "u", key + 1L, before, state(key), last);
    }

    private Change.Place next() {
        lsn += 64 + random.nextInt(512);
        if (last.order() == 0 || last.order() > random.nextInt(4)) {
            long committed = last.committedMicros() + 2_000 + random.nextInt(3_000);
            return new Change.Place(lsn, committed, last.transaction() + 1, 1);
        }
        return new Change.Place(lsn, last.committedMicros(), last.transaction(), last.order() + 1);
    }

    private Customers.State state(int key) {
        return new Customers.State(revisions[key], updated[key]);
    }
}
