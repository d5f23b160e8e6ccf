package dev.sluice.sinks.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The same rules said a second time, naively: everything at once, column by column, by looking backwards. Quadratic on
 * purpose; shares nothing with {@link Timeline} but the input.
 */
final class HistoryModel {

    /** What a reader of the table sees. */
    record TableVersion(String openedBy, long from, Long to, Map<String, Object> values) {}

    private final List<Event> events;

    HistoryModel(Collection<Event> all) {
        TreeMap<String, Event> bySeq = new TreeMap<>();
        all.forEach(event -> bySeq.putIfAbsent(event.seq(), event));
        this.events = List.copyOf(bySeq.values());
    }

    List<TableVersion> table() {
        List<Long> moments = new ArrayList<>();
        List<Integer> speakers = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (isParked(i)) {
                continue;
            }
            boolean laterAtSameMoment = false;
            for (int j = i + 1; j < events.size(); j++) {
                laterAtSameMoment |= moment(j) == moment(i) && !isParked(j);
            }
            if (!laterAtSameMoment) {
                moments.add(moment(i));
                speakers.add(i);
            }
        }
        List<TableVersion> table = new ArrayList<>();
        for (int n = 0; n < speakers.size(); n++) {
            Optional<Map<String, Object>> now = row(speakers.get(n));
            Optional<Map<String, Object>> before = n == 0 ? Optional.empty() : row(speakers.get(n - 1));
            if (now.isEmpty() || now.equals(before)) {
                continue;
            }
            Long end = null;
            for (int m = speakers.size() - 1; m > n; m--) {
                if (!row(speakers.get(m)).equals(now)) {
                    end = moments.get(m);
                }
            }
            table.add(new TableVersion(events.get(speakers.get(n)).seq(), moments.get(n), end, now.get()));
        }
        return table;
    }

    long parked() {
        long count = 0;
        for (int i = 0; i < events.size(); i++) {
            count += isParked(i) ? 1 : 0;
        }
        return count;
    }

    private long moment(int index) {
        return events.subList(0, index + 1).stream()
                .mapToLong(Event::committedAt)
                .max()
                .getAsLong();
    }

    private boolean isParked(int index) {
        Event event = events.get(index);
        return !event.removes()
                && !event.image().absent().isEmpty()
                && row(previous(index)).isEmpty();
    }

    private int previous(int index) {
        int at = index - 1;
        while (at >= 0 && isParked(at)) {
            at--;
        }
        return at;
    }

    private Optional<Map<String, Object>> row(int index) {
        if (index < 0 || events.get(index).removes()) {
            return Optional.empty();
        }
        Map<String, Object> row = new TreeMap<>();
        for (String column : List.of("a", "b", "c")) {
            Object value = column(index, column);
            if (value != null) {
                row.put(column, value);
            }
        }
        return Optional.of(row);
    }

    private Object column(int index, String column) {
        Object sent = Objects.requireNonNull(events.get(index).image()).value(column);
        return sent == dev.sluice.cdc.event.Absent.VALUE ? column(previous(index), column) : sent;
    }
}
