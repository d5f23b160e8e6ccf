package dev.sluice.sinks.history;

import java.util.ArrayList;
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

    private Timeline() {}

    /** Reads events in source order, of which some are missing. */
    static Timeline of(List<Event> ordered, List<MissingEvent> missing) {
        Timeline timeline = new Timeline();
        List<MissingEvent> unknown = new ArrayList<>(missing);
        ordered.forEach(
                event -> unknown.removeIf(gone -> gone.isAt(event.provenance().origin())));
        timeline.cut(timeline.steps(ordered, unknown));
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

    /** One step for each transaction and each snapshot read that is not parked as a whole. */
    private List<TimelineStep> steps(List<Event> ordered, List<MissingEvent> missing) {
        List<TimelineStep> steps = new ArrayList<>();
        long moment = Long.MIN_VALUE;
        Image state = null;
        for (List<Event> transaction : SourceOrder.transactions(ordered)) {
            boolean read = SourceOrder.isRead(transaction.get(0));
            long at = transaction.get(transaction.size() - 1).committedAt();
            if (!read) {
                // Clocks may step back; the order of transactions does not.
                moment = moment == Long.MIN_VALUE ? at : Math.max(moment + 1, at);
            }
            KeyTransaction outcome = KeyTransaction.of(state, transaction, missing);
            outcome.parked().forEach(event -> parked.add(event.seq()));
            state = outcome.state();
            if (outcome.shown() != null) {
                steps.add(new TimelineStep(read ? at : moment, read, outcome.shown(), state));
            }
        }
        return TimelineStep.withReadsInPlace(steps);
    }

    /** Cuts the steps into versions: a step that looks like the one before continues the version. */
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
