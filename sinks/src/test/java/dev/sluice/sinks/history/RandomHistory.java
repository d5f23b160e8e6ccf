package dev.sluice.sinks.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A seeded random history of one key, cut into batches that arrive in a random order, with repeated deliveries. */
record RandomHistory(List<Event> events, List<Event> truncates, List<List<Event>> batches) {

    static RandomHistory of(long seed) {
        Random random = new Random(seed);
        int length = 1 + random.nextInt(14);
        List<Event> events = new ArrayList<>();
        List<Event> truncates = new ArrayList<>();
        long clock = 100;
        for (int i = 1; i <= length; i++) {
            // Half of the steps stay in the transaction; now and then the source's clock runs backwards.
            clock += random.nextInt(2) == 0 ? 0 : random.nextInt(8) == 0 ? -random.nextInt(12) : random.nextInt(6);
            int kind = random.nextInt(12);
            if (kind == 0) {
                truncates.add(HistoryEvents.truncate(i, clock));
            } else if (kind <= 2) {
                events.add(HistoryEvents.delete(i, clock));
            } else {
                events.add(HistoryEvents.write(i, clock, "a", value(random), "b", value(random), "c", value(random)));
            }
        }
        return new RandomHistory(events, truncates, split(random, events, truncates));
    }

    private static Object value(Random random) {
        int kind = random.nextInt(8);
        return kind == 0 ? "?" : kind == 1 ? null : (Object) random.nextInt(2);
    }

    private static List<List<Event>> split(Random random, List<Event> events, List<Event> truncates) {
        List<Event> deliveries = new ArrayList<>(events);
        deliveries.addAll(truncates);
        for (Event event : events) {
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
