package dev.sluice.masking;

import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.cdc.event.Marker;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectRef;
import dev.sluice.masking.key.SubjectState;
import dev.sluice.masking.treat.Treatments;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns every record of a batch into a guarded record: treated, sealed or withheld.
 *
 * <p>One instance serves all threads of a gateway. The same batch gives the same bytes again while plans, keys and
 * erasures stay the same, so a replayed record equals the record of the first run.
 *
 * <p>A record that cannot be treated becomes a dead letter of stage {@code PROTECT}. The whole batch fails with a
 * {@link dev.sluice.masking.error.ProtectionException} when the control database fails ({@code MSK-006}), a treatment
 * cannot be carried out ({@code MSK-008}) or the stored key of a person is damaged ({@code MSK-010}).
 */
public final class Protector {

    private static final int MOST_PLANS = 1_000;

    private final Treatments treatments;
    private final SubjectKeys people;
    private final Sealer sealer;
    private final Map<String, CompiledPlan> plans = new ConcurrentHashMap<>();

    public Protector(KeyFile keys, SubjectKeys people) {
        this.treatments = new Treatments(keys);
        this.people = people;
        this.sealer = new Sealer(keys);
    }

    /** Returns the withheld record of a marker. The sinks only count the record. */
    public Withheld withhold(Marker marker) {
        return new Withheld(
                marker.origin(), Withheld.WithholdReason.MARKER, marker.kind().name(), marker.detail());
    }

    /**
     * Protects a batch without its undecoded records. An event that cannot be treated is sealed as the event, and
     * cannot be replayed.
     */
    public List<Guarded> protect(List<Outcome<Decided>> outcomes) {
        return protect(outcomes, List.of(), record -> Optional.empty());
    }

    /**
     * Names the row of a record by its clear key.
     *
     * @param plan how the row is treated
     * @param key the key
     */
    public record PlannedKey(Plan plan, Row key) {
        @Override
        public String toString() {
            return "PlannedKey[" + plan.planId() + "]";
        }
    }

    /**
     * Protects a batch: one result for each outcome, in order.
     *
     * <ol>
     *   <li>Rejected records are sealed.
     *   <li>Key changes of people are stored; a person who was erased under the old key is erased under the new key
     *       too.
     *   <li>The keys of all people in the batch are found or made, in one transaction.
     *   <li>Events about an erased person are withheld.
     *   <li>Plan by plan and field by field, the values of all images go through the field's treatment.
     *   <li>Events whose form the plan does not cover, and events with a value that could not be treated, are sealed as
     *       dead letters with the pseudonym of their person; the others leave. What is sealed is the undecoded record,
     *       so that it can be replayed, and the event without keys and images of another person who was erased.
     * </ol>
     *
     * @param records the undecoded records in the order of the outcomes; or none
     * @param rows says which row a record is about that an earlier stage rejected, where its key can be read
     */
    public List<Guarded> protect(
            List<Outcome<Decided>> outcomes, List<RawRecord> records, Function<RawRecord, Optional<PlannedKey>> rows) {
        Guarded[] results = new Guarded[outcomes.size()];
        List<Pending> accepted = new ArrayList<>();
        for (int slot = 0; slot < results.length; slot++) {
            int at = slot;
            Optional<Pending> pending = outcomes.get(slot)
                    .fold(decided -> Optional.of(intake(at, decided)), rejected -> {
                        Optional<PlannedKey> row = rows.apply(rejected.record());
                        results[at] = sealer.rejected(
                                rejected, row.flatMap(this::treated).orElse(null));
                        return Optional.empty();
                    });
            pending.ifPresent(accepted::add);
        }
        Map<SubjectRef, SubjectState> states = resolve(accepted);
        treat(withoutErased(accepted, states, results), states);
        for (Pending event : accepted) {
            if (results[event.slot()] == null) {
                RawRecord record = records.isEmpty() ? null : records.get(event.slot());
                results[event.slot()] = finish(event, states, record);
            }
        }
        CrashPoint.reached("CP11");
        return List.copyOf(Arrays.asList(results));
    }

    private Pending intake(int slot, Decided decided) {
        ChangeEvent event = decided.event();
        Sealer.Unprotectable misshapen =
                PlanCoverage.problem(event, decided.plan()).orElse(null);
        return new Pending(slot, event, compiled(decided.plan()), misshapen);
    }

    /** Canonical text of the treated key; empty when the key cannot be treated. */
    private Optional<String> treated(PlannedKey row) {
        CompiledPlan plan = compiled(row.plan());
        ImageInTreatment key =
                ImageInTreatment.ofKey(row.key(), row.plan().fields().size());
        plan.treat(List.of(key));
        return key.problem().isPresent() ? Optional.empty() : Optional.of(key.keyText(plan));
    }

    private CompiledPlan compiled(Plan plan) {
        CompiledPlan known = plans.get(plan.planId());
        // Equal ids mean equal plans; a plan that breaks this must not run with the treatments of another.
        if (known != null && (known.isOf(plan) || known.plan().equals(plan))) {
            return known;
        }
        if (plans.size() >= MOST_PLANS) {
            plans.clear();
        }
        CompiledPlan fresh = new CompiledPlan(plan, treatments);
        plans.put(plan.planId(), fresh);
        return fresh;
    }

    /** Key changes come first, so that a person is found together with the person's other names. */
    private Map<SubjectRef, SubjectState> resolve(List<Pending> events) {
        people.follow(events.stream().flatMap(Pending::keyChanges).toList());
        Set<SubjectRef> all =
                events.stream().flatMap(e -> e.subjects().all()).collect(Collectors.toCollection(HashSet::new));
        return people.resolve(all);
    }

    private static List<Pending> withoutErased(
            List<Pending> events, Map<SubjectRef, SubjectState> states, Guarded[] results) {
        List<Pending> left = new ArrayList<>(events.size());
        for (Pending event : events) {
            SubjectState main = event.subjects().main().map(states::get).orElse(null);
            if (main != null && main.erased()) {
                results[event.slot()] = new Withheld(
                        event.event().origin(),
                        Withheld.WithholdReason.ERASED_SUBJECT,
                        main.pseudonym(),
                        event.event().source().transaction());
            } else {
                left.add(event);
            }
        }
        return left;
    }

    private static void treat(List<Pending> events, Map<SubjectRef, SubjectState> states) {
        Map<CompiledPlan, List<ImageInTreatment>> byPlan = new LinkedHashMap<>();
        for (Pending event : events) {
            event.prepare(states);
            List<ImageInTreatment> images = byPlan.computeIfAbsent(event.plan(), p -> new ArrayList<>());
            event.images().forEach(images::add);
        }
        byPlan.forEach(CompiledPlan::treat);
    }

    private Guarded finish(Pending event, Map<SubjectRef, SubjectState> states, @Nullable RawRecord record) {
        String subject = event.subjects()
                .main()
                .map(states::get)
                .map(SubjectState::pseudonym)
                .orElse(null);
        Optional<Sealer.Unprotectable> problem = event.problem();
        if (problem.isEmpty()) {
            return event.finish(subject);
        }
        SealedRejection.RejectedRow row = new SealedRejection.RejectedRow(subject, event.soundKey());
        return record == null || event.namesErased(states)
                ? sealer.unprotectable(event.sealable(states), problem.get(), row)
                : sealer.unprotectable(record, problem.get(), row);
    }
}
