package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change.Op;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.cdc.event.SourcePosition.Arrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A database in miniature: transactions that run side by side, hold the keys that they changed until they commit, write
 * a row into the log before they wait for the holder of its key, change and renumber keys, truncate, and commit by a
 * clock that steps back now and then; a capture that begins with a snapshot while transactions are open, and reads rows
 * again later. Knows what every key looked like after every commit, and knows no rule of {@link KeyHistory}.
 */
final class SimulatedSource {

    static final int KEYS = 4;

    /** What a key looked like after a commit that touched it; {@code row} is null when the key was gone. */
    record Fact(long committedAt, Map<String, Object> row) {}

    /** A change in the log, before its transaction committed. */
    private record Logged(int key, long lsn, Op op, Map<String, Object> row, Map<String, Object> before) {}

    private static final class Open {
        private final int id;
        private final List<Logged> log = new ArrayList<>();
        private final Map<Integer, Map<String, Object>> rows = new TreeMap<>();
        private int waitsFor = -1;
        private Open holder;

        private Open(int id) {
            this.id = id;
        }
    }

    private final Random random;
    private final Map<Integer, Map<String, Object>> committed = new TreeMap<>();
    private final List<Open> open = new ArrayList<>();
    private final Map<Integer, List<Fact>> facts = new HashMap<>();
    private final List<List<Event>> events = new ArrayList<>();
    private final List<Event> truncates = new ArrayList<>();
    private boolean captured;
    private long lsn = 100;
    private long lastCommit;
    private long clock = 1_000_000;
    private long offset;
    private int transactions;
    int inversions;

    SimulatedSource(long seed) {
        this.random = new Random(seed);
        for (int key = 0; key < KEYS; key++) {
            facts.put(key, new ArrayList<>());
            events.add(new ArrayList<>());
        }
        int before = random.nextInt(8);
        for (int i = 0; i < before; i++) {
            step();
        }
        snapshot();
        int steps = 20 + random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            step();
        }
        while (!open.isEmpty()) {
            commit(open.get(0));
        }
    }

    /** The events of that key, in order of delivery, without truncates. */
    List<Event> events(int key) {
        return events.get(key);
    }

    List<Event> truncates() {
        return truncates;
    }

    /** What the key looked like: first as the snapshot found it, then after each commit. */
    List<Fact> facts(int key) {
        return facts.get(key);
    }

    private void step() {
        lsn += 1 + random.nextInt(3);
        clock += random.nextInt(8) == 0 ? -random.nextInt(20) : random.nextInt(6);
        switch (random.nextInt(12)) {
            case 0, 1 -> open.add(new Open(++transactions));
            case 2, 3, 4 -> pick().ifPresent(this::commit);
            case 5 -> readAgain();
            case 6 -> renumberOrTruncate();
            default -> pick().ifPresent(this::change);
        }
    }

    private java.util.Optional<Open> pick() {
        List<Open> ready = open.stream().filter(t -> t.waitsFor < 0).toList();
        return ready.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(ready.get(random.nextInt(ready.size())));
    }

    private Open holder(int key, Open except) {
        return open.stream()
                .filter(t -> t != except && t.rows.containsKey(key))
                .findFirst()
                .orElse(null);
    }

    private Map<String, Object> seen(Open by, int key) {
        return by.rows.containsKey(key) ? by.rows.get(key) : committed.get(key);
    }

    private void change(Open by) {
        int key = random.nextInt(KEYS);
        Open holder = holder(key, by);
        if (holder != null) {
            // The new row is in the log before its transaction waits for the one that holds the key.
            by.waitsFor = key;
            by.holder = holder;
            by.log.add(new Logged(key, lsn, Op.INSERT, row(), null));
            return;
        }
        Map<String, Object> before = seen(by, key);
        if (before == null) {
            log(by, key, Op.INSERT, row());
        } else if (random.nextInt(3) == 0) {
            log(by, key, Op.DELETE, null);
        } else if (random.nextInt(4) == 0) {
            moveTo(by, key, random.nextInt(KEYS), before);
        } else {
            Map<String, Object> after = row();
            if (random.nextBoolean()) {
                after.remove("b");
                before.entrySet().stream()
                        .filter(column -> column.getKey().equals("b"))
                        .forEach(column -> after.put("b", column.getValue()));
            }
            log(by, key, Op.UPDATE, after);
        }
    }

    private void moveTo(Open by, int from, int to, Map<String, Object> row) {
        if (seen(by, to) == null && holder(to, by) == null) {
            log(by, from, Op.DELETE, null);
            log(by, to, Op.INSERT, row);
        }
    }

    private void log(Open by, int key, Op op, Map<String, Object> row) {
        by.log.add(new Logged(key, lsn, op, row, seen(by, key)));
        by.rows.put(key, row);
    }

    /** Every row goes up by one key, the lowest first: a row takes its key before the row of that key left it. */
    private void renumberOrTruncate() {
        if (!open.isEmpty()) {
            return;
        }
        Open by = new Open(++transactions);
        open.add(by);
        if (random.nextBoolean()) {
            by.log.add(new Logged(-1, lsn, Op.TRUNCATE, null, null));
            facts.keySet().forEach(key -> by.rows.put(key, null));
            commit(by);
            return;
        }
        Map<Integer, Map<String, Object>> rows = new TreeMap<>(committed);
        rows.remove(KEYS - 1);
        for (Map.Entry<Integer, Map<String, Object>> row : rows.entrySet()) {
            lsn++;
            by.log.add(new Logged(row.getKey(), lsn, Op.DELETE, null, null));
            by.log.add(new Logged(row.getKey() + 1, lsn, Op.INSERT, row.getValue(), null));
            by.rows.putIfAbsent(row.getKey(), null);
            by.rows.put(row.getKey() + 1, row.getValue());
        }
        if (committed.containsKey(KEYS - 1) && !rows.isEmpty() && rows.containsKey(KEYS - 2)) {
            by.log.add(new Logged(KEYS - 1, ++lsn, Op.DELETE, null, null));
        }
        commit(by);
    }

    private void commit(Open by) {
        open.remove(by);
        if (by.waitsFor >= 0) {
            wakeThoseBehind(by);
            return;
        }
        lsn += 1;
        long commit = lsn++;
        by.rows.forEach((key, row) -> {
            if (row == null) {
                committed.remove(key);
            } else {
                committed.put(key, row);
            }
            facts.get(key).add(new Fact(clock, row));
        });
        if (captured && !by.log.isEmpty()) {
            deliver(by);
            lastCommit = commit;
        }
        wakeThoseBehind(by);
    }

    private void wakeThoseBehind(Open holder) {
        open.stream().filter(waiting -> waiting.holder == holder).toList().forEach(this::wake);
    }

    /** The holder has committed: the waiting insert succeeds when the key is free now, else its transaction aborts. */
    private void wake(Open waiting) {
        int key = waiting.waitsFor;
        waiting.waitsFor = -1;
        waiting.holder = null;
        Logged insert = waiting.log.get(waiting.log.size() - 1);
        if (committed.get(key) != null || holder(key, waiting) != null || waiting.rows.get(key) != null) {
            open.remove(waiting);
            wakeThoseBehind(waiting);
            return;
        }
        waiting.rows.put(key, insert.row());
    }

    private void deliver(Open by) {
        int order = 0;
        for (Logged logged : by.log) {
            order++;
            long place = Math.max(logged.lsn(), lastCommit);
            inversions += logged.lsn() < lastCommit ? 1 : 0;
            Arrival arrival = lastCommit == 0 ? Arrival.FIRST : Arrival.STREAMED;
            SourcePosition at = new SourcePosition(0, place, logged.lsn(), order, arrival);
            Event event = event(at, clock, logged.op(), sent(logged), "tx" + by.id);
            if (logged.op() == Op.TRUNCATE) {
                truncates.add(event);
            } else {
                events.get(logged.key()).add(event);
            }
        }
    }

    private void snapshot() {
        captured = true;
        long at = lsn++;
        clock++;
        long looked = clock + random.nextInt(30);
        for (int key = 0; key < KEYS; key++) {
            facts.get(key).clear();
            facts.get(key).add(new Fact(clock, committed.get(key)));
        }
        committed.forEach((key, row) -> {
            SourcePosition position = new SourcePosition(0, at, at, 0, Arrival.READ);
            events.get(key).add(event(position, looked, Op.READ, HistoryEvents.image(pairs(row)), ""));
        });
    }

    /** Reads a row again, as an incremental snapshot does, some time after the last commit. */
    private void readAgain() {
        int key = random.nextInt(KEYS);
        Map<String, Object> row = committed.get(key);
        if (captured && row != null && lastCommit > 0) {
            SourcePosition position = new SourcePosition(0, lastCommit, lastCommit, offset + 1, Arrival.READ);
            long looked = clock + random.nextInt(30);
            events.get(key).add(event(position, looked, Op.READ, HistoryEvents.image(pairs(row)), ""));
        }
    }

    private Event event(SourcePosition at, long time, Op op, Image image, String transaction) {
        Provenance from = new Provenance(
                "test:" + at.identity(), transaction, new Origin("t", 0, offset++, 0L), 1, "plan", "g/1", null, null);
        return new Event(at.seq(), time, op, image, null, from);
    }

    /** What the log holds of a change: a large value that an update left alone is not in it. */
    private Image sent(Logged logged) {
        if (logged.row() == null) {
            return null;
        }
        Map<String, Object> values = new HashMap<>(logged.row());
        boolean unchanged = logged.op() == Op.UPDATE
                && logged.before() != null
                && Objects.equals(values.get("b"), logged.before().get("b"));
        if (unchanged) {
            values.put("b", Absent.VALUE);
        }
        return Image.of(values);
    }

    private Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("a", random.nextInt(3));
        if (random.nextInt(3) > 0) {
            row.put("b", random.nextInt(3));
        }
        return row;
    }

    private static Object[] pairs(Map<String, Object> row) {
        List<Object> pairs = new ArrayList<>();
        row.forEach((name, value) -> {
            if (value != null) {
                pairs.add(name);
                pairs.add(value);
            }
        });
        return pairs.toArray();
    }
}
