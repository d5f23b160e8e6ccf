package dev.sluice.sinks.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A moment at which a transaction or a snapshot read said how the row looks.
 *
 * @param at the moment, microseconds since the epoch, UTC
 * @param read whether a snapshot read says so
 * @param event the event that stands for the step
 * @param state how the row looks from then on, null when it is gone
 */
record TimelineStep(long at, boolean read, Event event, @Nullable Image state) {

    /**
     * The steps with the snapshot reads between their neighbours. The time of a read is the time at which a
     * reader looked, not the time of a change, so a read never moves the moment of a transaction: it takes a moment
     * after the step before and before the next transaction. A read for which there is no such moment is no step.
     */
    static List<TimelineStep> withReadsInPlace(List<TimelineStep> steps) {
        long[] limits = new long[steps.size()];
        long limit = Long.MAX_VALUE;
        for (int i = steps.size() - 1; i >= 0; i--) {
            limits[i] = limit;
            limit = steps.get(i).read() ? limit : steps.get(i).at();
        }
        List<TimelineStep> placed = new ArrayList<>(steps.size());
        for (int i = 0; i < limits.length; i++) {
            TimelineStep step = steps.get(i);
            long floor = placed.isEmpty()
                    ? Long.MIN_VALUE
                    : placed.get(placed.size() - 1).at() + 1;
            long at = step.read() ? Math.max(floor, Math.min(step.at(), limits[i] - 1)) : step.at();
            if (at < limits[i]) {
                placed.add(new TimelineStep(at, step.read(), step.event(), step.state()));
            }
        }
        return placed;
    }
}
