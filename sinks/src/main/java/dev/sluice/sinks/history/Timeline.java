package dev.sluice.sinks.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts the events of one key into its visible versions, and finds the events that wait for a predecessor. */
final class Timeline {

    private final List<Version> versions = new ArrayList<>();
    private final Set<String> parked = new HashSet<>();
    private final Set<String> shaping = new HashSet<>();

    /** A moment at which the row looked different from before, or at least was written. */
    private record TimelineStep(long at, Event event, @Nullable Image state) {}

    private Timeline() {}

    /** Reads events in source order. */
    static Timeline of(Collection<Event> ordered) {
        Timeline timeline = new Timeline();
        timeline.cut(timeline.steps(ordered));
        return timeline;
    }

    List<Version> versions() {
        return versions;
    }

    boolean parks(Event event) {
        return parked.contains(event.seq());
    }

    /** Whether the event is stored in a version: as what opened it, or as the removal that ended it. */
    boolean shows(Event event) {
        return shaping.contains(event.seq());
    }

    /** One step per moment: of several events at one moment only the last can be seen. */
    private List<TimelineStep> steps(Collection<Event> ordered) {
        List<TimelineStep> steps = new ArrayList<>();
        long moment = Long.MIN_VALUE;
        Image state = null;
        for (Event event : ordered) {
            // Commit times may run backwards (clock steps, concurrent commits); the source's order may not.
            moment = Math.max(moment, event.committedAt());
            Image sent = event.image();
            Image next = sent == null ? null : sent.filledFrom(state).orElse(null);
            if (sent != null && next == null) {
                parked.add(event.seq());
                continue;
            }
            state = next;
            if (!steps.isEmpty() && steps.get(steps.size() - 1).at() == moment) {
                steps.remove(steps.size() - 1);
            }
            steps.add(new TimelineStep(moment, event, state));
        }
        return steps;
    }

    /** Cuts the steps into versions: a step that looks like the one before it continues it. */
    private void cut(List<TimelineStep> steps) {
        TimelineStep run = null;
        for (TimelineStep step : steps) {
            if (run == null ? step.state() == null : Objects.equals(run.state(), step.state())) {
                continue;
            }
            if (run != null) {
                emit(run, step);
            }
            run = step;
        }
        if (run != null) {
            emit(run, null);
        }
    }

    private void emit(TimelineStep run, @Nullable TimelineStep next) {
        Image state = run.state();
        if (state == null) {
            return;
        }
        Version.Closing closing =
                next == null ? null : new Version.Closing(next.at(), Version.ClosingEvent.of(next.event()));
        versions.add(new Version(run.event(), state, run.at(), closing));
        shaping.add(run.event().seq());
        if (next != null && next.event().removes()) {
            shaping.add(next.event().seq());
        }
    }
}
