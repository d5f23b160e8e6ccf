package dev.sluice.masking;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Row;
import dev.sluice.masking.key.SubjectRef;
import dev.sluice.masking.treat.Canonical;
import dev.sluice.policy.decision.SubjectPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom the images of one event are about. An image that does not say (its naming fields are absent) is taken to be
 * about the person of the other image; an image that says nobody (a naming field is null) is about nobody.
 */
final class EventSubjects {

    static final EventSubjects NOBODY = new EventSubjects(null, null, null, null);

    private final @Nullable SubjectRef before;
    private final @Nullable SubjectRef after;
    private final @Nullable SubjectRef main;
    private final @Nullable SubjectRef movedFrom;

    private EventSubjects(
            @Nullable SubjectRef before,
            @Nullable SubjectRef after,
            @Nullable SubjectRef main,
            @Nullable SubjectRef movedFrom) {
        this.before = before;
        this.after = after;
        this.main = main;
        this.movedFrom = movedFrom;
    }

    /** Reads the naming fields, whose values must be of their types. */
    static EventSubjects of(ChangeEvent event, SubjectPath path) {
        Row before = event.change().before().orElse(null);
        Row after = event.change().after().orElse(null);
        SubjectRef key = of(event.keys().row().orElse(null), path);
        SubjectRef ofBefore = says(before, path) ? of(before, path) : first(of(after, path), key);
        SubjectRef ofAfter = says(after, path) ? of(after, path) : first(of(before, path), key);
        SubjectRef main = after != null ? ofAfter : ofBefore;
        return new EventSubjects(ofBefore, ofAfter, main, of(event.keys().movedFrom(), path));
    }

    Optional<SubjectRef> before() {
        return Optional.ofNullable(before);
    }

    Optional<SubjectRef> after() {
        return Optional.ofNullable(after);
    }

    /** Whom the event is about: the row as it is after, else as it was before, else what the key says. */
    Optional<SubjectRef> main() {
        return Optional.ofNullable(main);
    }

    /** The person under the old key, when this is the second half of a key change: the same person by another name. */
    Optional<SubjectRef> movedFrom() {
        return Optional.ofNullable(movedFrom);
    }

    Stream<SubjectRef> all() {
        return Stream.of(before(), after(), main(), movedFrom()).flatMap(Optional::stream);
    }

    private static @Nullable SubjectRef first(@Nullable SubjectRef one, @Nullable SubjectRef other) {
        return one != null ? one : other;
    }

    private static boolean says(@Nullable Row row, SubjectPath path) {
        return row != null
                && path.fields().stream().allMatch(f -> row.schema().indexOf(f) >= 0 && row.value(f) != Absent.VALUE);
    }

    private static @Nullable SubjectRef of(@Nullable Row row, SubjectPath path) {
        if (row == null || !says(row, path)) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (String name : path.fields()) {
            int index = row.schema().indexOf(name);
            Object value = row.value(index);
            if (value == null) {
                return null;
            }
            values.add(Canonical.text(row.schema().fields().get(index).type(), value));
        }
        return new SubjectRef(path.kind(), values);
    }
}
