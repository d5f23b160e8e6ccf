package dev.sluice.deploy.planner;

import dev.sluice.audit.event.ActionRecorded;
import dev.sluice.audit.event.BatchAbandoned;
import dev.sluice.audit.event.GatewayStarted;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.KnownFailure;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.lifecycle.Failures;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.SourceCut;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Plans batches. The ledger says how far each partition was read and which number comes next. A plan is durable in the
 * control database before the batch is written. A plan that the ledger does not record is executed again, unchanged,
 * before another one is made; so a number never stands for two sets of records.
 *
 * <p>A dataset that is held has no range in a plan: its position in the ledger stays, and its records wait in their
 * topic. When the dataset is tried again, a plan reads that dataset alone; when that plan is recorded, the dataset
 * flows again.
 *
 * <p>{@link #next}, {@link #followCapture}, {@link #hold} and {@link #recorded} are for one thread; the other methods
 * are safe for use by many threads.
 */
public final class Planner {

    private final Ledger ledger;
    private final OpenPlan open;
    private final TopicIdentities identities;
    private final Holds holds;
    private final Replays replays;
    private final String generation;
    private final PlannerScope scope;
    private final Cutter cutter;

    /** A planner over the ledger and the control database of one home. */
    public Planner(ControlDatabase control, Ledger ledger, PlannerScope scope) {
        GatewayState state = new GatewayState(control);
        this.ledger = ledger;
        this.open = new OpenPlan(state);
        this.identities = new TopicIdentities(state, scope.filler().lifeCycle());
        this.holds = new Holds(state, scope.clock(), scope.routes());
        this.replays = new Replays(control, ledger);
        this.generation = generation(control);
        this.scope = scope;
        // The cut of a plan that is not recorded is reached when the plan is.
        SourceCut last = unrecorded().isPresent() ? null : open.lastCut();
        this.cutter = new Cutter(scope, last, ledger.nextNumber(generation) == 0);
    }

    /** The generation of the batches of a home. A home keeps its generation for ever; the first start chooses it. */
    public static String generation(ControlDatabase control) {
        String chosen = UUID.randomUUID().toString().substring(0, 8);
        return new GatewayState(control).putIfAbsent("generation", chosen);
    }

    /** Records that a gateway begins to run a pipeline on a home. */
    public static void begin(ControlDatabase control, Ledger ledger, String pipeline, String version) {
        ledger.append(new GatewayStarted(Instant.now(), pipeline, version, "", generation(control)));
    }

    /** The topics whose extents {@link #next} needs: those of the scope, its cuts, and those of an unfinished plan. */
    public Set<String> topics() {
        Set<String> topics = new TreeSet<>(scope.allTopics());
        topics.add(scope.filler().cuts().name());
        topics.remove("");
        unrecorded().ifPresent(plan -> topics.addAll(topicsOf(plan)));
        return topics;
    }

    /** The datasets that are held, by name. */
    public List<Holds.Hold> holds() {
        return holds.all();
    }

    /** Holds every dataset that capture holds, and lets go of those that capture has released. */
    public void followCapture() {
        Map<String, ? extends KnownFailure> held = scope.filler().held();
        holds.heldByCapture(held.keySet());
        held.forEach((dataset, cause) -> {
            if (!holds.isHeldFor(dataset, cause.code())) {
                hold(dataset, cause);
            }
        });
    }

    /**
     * The batch to execute now; empty when there is nothing to read. The plan is durable on return. A dataset whose
     * records may be lost is held: {@code DEP-309}, {@code DEP-315}, {@code DEP-316} or {@code DEP-319}.
     *
     * @param stored what the broker holds of {@link #topics}
     * @throws DeployException {@code DEP-308} or {@code DEP-317} when control database and ledger do not belong
     *     together
     */
    public Optional<BatchPlan> next(Map<SourcePartition, TopicExtent> stored) {
        Map<SourcePartition, TopicExtent> extents = scope.data(stored);
        if (identities.otherCapture()) {
            record("capture.began-anew", Map.of("topics", Integer.toString(extents.size())));
        }
        followCapture();
        identities.learn(extents.keySet());
        Optional<BatchPlan> unfinished = unfinished(extents);
        if (unfinished.isPresent()) {
            return unfinished;
        }
        List<SourceRange> backlog = backlog(extents);
        Optional<String> due = holds.due();
        List<SourceRange> chosen = backlog.stream()
                .filter(range -> due.map(range.source().topic()::equals)
                        .orElseGet(() -> !holds.isHeld(range.source().topic())))
                .toList();
        if (chosen.isEmpty()) {
            due.ifPresent(this::release);
            return due.isPresent() ? next(stored) : Optional.empty();
        }
        return due.isPresent()
                ? Optional.of(plan(cutter.drain(chosen)))
                : cutter.next(chosen, stored, topic -> !holds.isHeld(topic)).map(this::plan);
    }

    private BatchPlan plan(Cutter.Portion part) {
        BatchId id = new BatchId(generation, ledger.nextNumber(generation));
        BatchPlan plan = new BatchPlan(id, part.ranges(), List.of(), part.cut());
        open.write(plan, part.known());
        CrashPoint.reached("CP06");
        return plan;
    }

    /**
     * Holds each dataset that a failure of a plan is about, and gives the plan up. The next plan reads the other
     * datasets.
     *
     * @return false when no failure is about one dataset of the plan; then nothing has changed
     */
    public boolean hold(BatchPlan plan, KnownFailure... failures) {
        if (plan.isReplay()) {
            return failures.length > 0 && replays.giveUp(plan, failures[0]);
        }
        Map<String, KnownFailure> found = new TreeMap<>();
        for (KnownFailure failure : failures) {
            failure.dataset()
                    .map(named -> scope.routes().getOrDefault(named, named))
                    .filter(topicsOf(plan)::contains)
                    .ifPresent(topic -> found.putIfAbsent(topic, failure));
        }
        if (found.isEmpty()) {
            return false;
        }
        found.forEach(this::hold);
        if (open.isUntouched(plan)) {
            open.forget();
        } else {
            abandon(plan, "dataset-held");
        }
        open.touched();
        return true;
    }

    /** Notes that the ledger records the plan: datasets that the plan has read flow again. */
    public void recorded(BatchPlan plan) {
        topicsOf(plan).forEach(this::release);
        cutter.recorded(plan.cut());
        open.touched();
    }

    /**
     * Number of offsets before the ends of the extents that no recorded batch has read yet. Datasets that are held are
     * left out while they wait for their next try.
     */
    public long missing(Map<SourcePartition, TopicExtent> extents) {
        Map<SourcePartition, Long> positions = ledger.positions();
        holds.heldByCapture(scope.filler().held().keySet());
        long missing = 0;
        for (Map.Entry<SourcePartition, TopicExtent> entry : scope.data(extents).entrySet()) {
            TopicExtent extent = entry.getValue();
            long position = positions.getOrDefault(entry.getKey(), extent.first());
            missing += holds.isWaiting(entry.getKey().topic()) ? 0 : Math.max(0, extent.end() - position);
        }
        return missing;
    }

    private Optional<BatchPlan> unrecorded() {
        return open.unrecorded(ledger.nextNumber(generation));
    }

    /** The plan of a batch that was begun. A plan whose records are gone can never be executed and is given up. */
    private Optional<BatchPlan> unfinished(Map<SourcePartition, TopicExtent> extents) {
        Optional<BatchPlan> plan = unrecorded();
        open.touched();
        if (plan.filter(BatchPlan::isReplay).isPresent()) {
            return plan;
        }
        boolean gone = false;
        for (SourceRange range : plan.map(BatchPlan::ranges).orElse(List.of())) {
            TopicExtent extent = extents.get(range.source());
            Optional<DeployException> fault = extent == null
                    ? Optional.empty()
                    : fault(range.source(), range.from(), extent)
                            .or(() -> fault(range.source(), range.until(), extent));
            fault.ifPresent(failure -> hold(range.source().topic(), failure));
            gone |= extent == null || fault.isPresent();
        }
        if (plan.isPresent() && gone) {
            abandon(plan.get(), "records-gone");
            return Optional.empty();
        }
        return plan;
    }

    /** What every partition has to offer; a partition whose records may be lost offers nothing and is held. */
    private List<SourceRange> backlog(Map<SourcePartition, TopicExtent> extents) {
        Map<SourcePartition, Long> positions = ledger.positions();
        Map<String, DeployException> faults = new TreeMap<>();
        List<SourceRange> backlog = new ArrayList<>();
        Set<String> wanted = scope.allTopics();
        Set<String> missing = new TreeSet<>(scope.topics());
        extents.forEach((source, extent) -> {
            missing.remove(source.topic());
            long from = positions.getOrDefault(source, extent.first());
            identities
                    .fault(source)
                    .or(() -> fault(source, from, extent))
                    .or(() -> cutter.lostBefore(source.topic(), extent.end())
                            .map(filled -> PlannerErrors.recordsLost(source, filled, extent.end())))
                    .ifPresent(fault -> faults.put(source.topic(), fault));
            if (from < extent.end() && wanted.contains(source.topic())) {
                backlog.add(new SourceRange(source, from, extent.end()));
            }
        });
        missing.forEach(topic -> faults.put(topic, PlannerErrors.topicMissing(topic)));
        faults.forEach((topic, fault) -> {
            if (!holds.isWaiting(topic)) {
                hold(topic, fault);
            }
        });
        backlog.removeIf(range -> faults.containsKey(range.source().topic()));
        return backlog;
    }

    private void hold(String dataset, KnownFailure failure) {
        String reason = Failures.text((Throwable) failure);
        boolean read = ledger.positions().keySet().stream()
                .anyMatch(source -> source.topic().equals(dataset));
        holds.hold(dataset, failure.code(), reason, read ? cutter.accounted() : null)
                .ifPresent(hold -> {
                    record("dataset.held", Map.of("dataset", dataset, "code", failure.code()));
                    scope.held().accept(hold);
                });
    }

    private void release(String dataset) {
        if (holds.release(dataset)) {
            record("dataset.released", Map.of("dataset", dataset));
        }
    }

    private void record(String action, Map<String, String> attributes) {
        ledger.append(new ActionRecorded(scope.clock().instant(), action, attributes));
    }

    private void abandon(BatchPlan plan, String reason) {
        ledger.append(new BatchAbandoned(scope.clock().instant(), plan.id(), plan.digest(), reason));
        open.forget();
    }

    private static Set<String> topicsOf(BatchPlan plan) {
        Set<String> topics = new TreeSet<>();
        if (!plan.isReplay()) {
            plan.ranges().forEach(range -> topics.add(range.source().topic()));
        }
        return topics;
    }

    private static Optional<DeployException> fault(SourcePartition source, long position, TopicExtent extent) {
        if (position < extent.first()) {
            return Optional.of(PlannerErrors.recordsGone(source, position, extent.first()));
        }
        return position > extent.end()
                ? Optional.of(PlannerErrors.topicShorter(source, position, extent.end()))
                : Optional.empty();
    }
}
