package dev.sluice.masking;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Row;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectRef;
import dev.sluice.masking.treat.Canonical;
import dev.sluice.masking.treat.Values;
import dev.sluice.policy.decision.SubjectPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names the people that the images of one event are about. An image whose naming fields are absent, or not of their
 * types, is taken to be about the person of the other image. An image with a naming field that is null is about no
 * person.
 *
 * @param old person of the image before
 * @param now person of the image after
 * @param subject person of the event: that of the image after, else of the image before, else of the key
 * @param keys people that the keys name
 */
record EventSubjects(@Nullable SubjectRef old, @Nullable SubjectRef now, @Nullable SubjectRef subject, OfKeys keys) {

    static final EventSubjects NO_PERSON = new EventSubjects(null, null, null, new OfKeys(null, null, null));

    /** The person that the row's key names, and those of the keys that the row is linked to. */
    record OfKeys(@Nullable SubjectRef row, @Nullable SubjectRef from, @Nullable SubjectRef to) {}

    /** Reads the naming fields. */
    static EventSubjects of(ChangeEvent event, SubjectPath path) {
        Row before = event.change().before().orElse(null);
        Row after = event.change().after().orElse(null);
        SubjectRef key = of(event.keys().row().orElse(null), path);
        SubjectRef ofBefore = says(before, path) ? of(before, path) : first(of(after, path), key);
        SubjectRef ofAfter = says(after, path) ? of(after, path) : first(of(before, path), key);
        OfKeys keys = new OfKeys(
                key, of(event.keys().movedFrom(), path), of(event.keys().movedTo(), path));
        return new EventSubjects(ofBefore, ofAfter, after != null ? ofAfter : ofBefore, keys);
    }

    Optional<SubjectRef> before() {
        return Optional.ofNullable(old);
    }

    Optional<SubjectRef> after() {
        return Optional.ofNullable(now);
    }

    Optional<SubjectRef> main() {
        return Optional.ofNullable(subject);
    }

    /** The person under the old key, when this is the second half of a key change. */
    Optional<SubjectRef> movedFrom() {
        return Optional.ofNullable(keys.from());
    }

    /** The person under the new key, when this is the first half of a key change. */
    Optional<SubjectRef> movedTo() {
        return Optional.ofNullable(keys.to());
    }

    /**
     * Returns the key changes that this event is part of. A key change makes a delete and an insert, and each of the
     * two names both keys.
     */
    Stream<SubjectKeys.KeyChange> keyChanges(String position) {
        SubjectRef row = keys.row();
        return row == null
                ? Stream.empty()
                : Stream.concat(
                        movedFrom().stream().map(from -> new SubjectKeys.KeyChange(from, row, position)),
                        movedTo().stream().map(to -> new SubjectKeys.KeyChange(row, to, position)));
    }

    Stream<SubjectRef> all() {
        return Stream.of(before(), after(), main(), movedFrom(), movedTo()).flatMap(Optional::stream);
    }

    private static @Nullable SubjectRef first(@Nullable SubjectRef one, @Nullable SubjectRef other) {
        return one != null ? one : other;
    }

    private static boolean says(@Nullable Row row, SubjectPath path) {
        return row != null
                && path.fields().stream()
                        .allMatch(name -> says(row, row.schema().indexOf(name)));
    }

    private static boolean says(Row row, int index) {
        Object value = index < 0 ? Absent.VALUE : row.value(index);
        if (value == null || value == Absent.VALUE) {
            return value == null;
        }
        return Values.fit(row.schema().fields().get(index).type(), value);
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
