package dev.sluice.masking;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Row;
import dev.sluice.masking.key.PersonKey;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectRef;
import dev.sluice.masking.key.SubjectState;
import dev.sluice.policy.decision.SubjectPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries an accepted event of a batch through the treatments. */
final class Pending {

    private final int slot;
    private final ChangeEvent event;
    private final CompiledPlan plan;
    private final Sealer.@Nullable Unprotectable misshapen;
    private final EventSubjects subjects;
    private List<@Nullable ImageInTreatment> images = List.of();

    /**
     * Takes an event to treat, or to seal as a dead letter when the plan does not cover the event.
     *
     * @param slot position in the batch
     * @param misshapen why the plan does not cover the event, null when it does
     */
    Pending(int slot, ChangeEvent event, CompiledPlan plan, Sealer.@Nullable Unprotectable misshapen) {
        this.slot = slot;
        this.event = event;
        this.plan = plan;
        this.misshapen = misshapen;
        this.subjects =
                plan.plan().subject().map(path -> EventSubjects.of(event, path)).orElse(EventSubjects.NO_PERSON);
    }

    int slot() {
        return slot;
    }

    ChangeEvent event() {
        return event;
    }

    CompiledPlan plan() {
        return plan;
    }

    EventSubjects subjects() {
        return subjects;
    }

    /** New keys of the row, where the row is a person. */
    Stream<SubjectKeys.KeyChange> keyChanges() {
        boolean rowIsPerson =
                plan.plan().subject().map(SubjectPath::rowIsPerson).orElse(false);
        return rowIsPerson ? subjects.keyChanges(event.source().position().seq()) : Stream.empty();
    }

    /**
     * Pairs each image with the key of its person. The before image of an erased person is left out. An event that the
     * plan does not cover is not treated.
     */
    void prepare(Map<SubjectRef, SubjectState> people) {
        if (misshapen != null) {
            return;
        }
        Optional<SubjectState> before = subjects.before().map(people::get);
        boolean erasedBefore = before.isPresent() && before.get().erased();
        images = Arrays.asList(
                image(erasedBefore ? null : event.change().before().orElse(null), before),
                image(event.change().after().orElse(null), subjects.after().map(people::get)),
                keyImage(event.keys().row().orElse(null)),
                keyImage(event.keys().movedFrom()),
                keyImage(event.keys().movedTo()));
    }

    /** The images to treat, those of one event side by side. */
    Stream<ImageInTreatment> images() {
        return images.stream().filter(Objects::nonNull);
    }

    /** What is wrong with this event after treatment. */
    Optional<Sealer.Unprotectable> problem() {
        return Optional.ofNullable(misshapen)
                .or(() -> images().flatMap(image -> image.problem().stream()).findFirst());
    }

    /** Whether the event holds keys or images of another person who was erased. */
    boolean namesErased(Map<SubjectRef, SubjectState> people) {
        Optional<SubjectRef> before = event.change() instanceof Change.Update ? subjects.before() : Optional.empty();
        return Stream.of(subjects.movedFrom(), subjects.movedTo(), before)
                .flatMap(Optional::stream)
                .map(people::get)
                .anyMatch(state -> state != null && state.erased());
    }

    /** The event as it may be sealed: without keys and images of another person who was erased. */
    ChangeEvent sealable(Map<SubjectRef, SubjectState> people) {
        Predicate<Optional<SubjectRef>> erased =
                person -> person.map(people::get).map(SubjectState::erased).orElse(false);
        ChangeEvent.Keys keys = new ChangeEvent.Keys(
                event.keys().key(),
                erased.test(subjects.movedFrom()) ? null : event.keys().movedFrom(),
                erased.test(subjects.movedTo()) ? null : event.keys().movedTo());
        Change change = event.change() instanceof Change.Update update && erased.test(subjects.before())
                ? new Change.Update(null, update.row())
                : event.change();
        return new ChangeEvent(event.origin(), event.source(), event.schema(), change, keys);
    }

    /** Canonical text of the treated key; null when the plan does not cover the event, or the key is what is wrong. */
    @Nullable
    String soundKey() {
        ImageInTreatment image = images.isEmpty() ? null : images.get(2);
        return image == null || image.problem().isPresent() ? null : image.keyText(plan);
    }

    /** The event as it leaves. */
    ProtectedChange finish(@Nullable String subject) {
        return new ProtectedChange(
                new ProtectedChange.Head(
                        event.origin(),
                        event.source(),
                        event.change().op(),
                        plan.plan().planId()),
                plan.outputs(),
                new ProtectedChange.KeyTexts(keyText(2), keyText(3), keyText(4)),
                new ProtectedChange.Images(row(0), row(1)),
                subject);
    }

    private @Nullable ImageInTreatment image(@Nullable Row row, Optional<SubjectState> person) {
        PersonKey key = person.flatMap(SubjectState::key).orElse(null);
        return row == null
                ? null
                : ImageInTreatment.ofRow(row, key, plan.plan().fields().size());
    }

    private @Nullable ImageInTreatment keyImage(@Nullable Row key) {
        return key == null
                ? null
                : ImageInTreatment.ofKey(key, plan.plan().fields().size());
    }

    private @Nullable String keyText(int index) {
        ImageInTreatment image = images.get(index);
        return image == null ? null : image.keyText(plan);
    }

    private @Nullable Row row(int index) {
        ImageInTreatment image = images.get(index);
        return image == null ? null : image.row(plan.outputs(), plan.positions());
    }
}
