package dev.sluice.deploy.letter;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.KnownFailure;
import dev.sluice.deploy.batch.PlanExecution;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.lifecycle.Failures;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.deploy.line.LineSettings;
import dev.sluice.deploy.line.RecordLine;
import dev.sluice.deploy.line.Stages;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.planner.Replays;
import dev.sluice.policy.decision.Plan;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.delta.BatchPreview;
import dev.sluice.sinks.delta.DeltaSinks;
import dev.sluice.sinks.delta.SparkSessions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Replays dead letters on a home on which no gateway runs. Opens the parts that a record passes, and neither capture
 * nor the raw topics.
 *
 * @param home the home
 * @param pipeline its pipeline
 */
public record OfflineReplay(Home home, Pipeline pipeline) {

    private static final int CORES = 2;

    /**
     * Works all requests about dead letters. A replay that fails for a dataset is given up, and those of other datasets
     * go on.
     *
     * @param listener called with every batch that is recorded
     * @throws dev.sluice.deploy.DeployException {@code DEP-110} when a gateway has taken the home meanwhile, {@code
     *     DEP-462} when a batch of the gateway must be finished first
     */
    public void work(Consumer<Audited> listener) {
        try (Steps steps = new Steps(line -> {})) {
            steps.open("lock", "the home is locked", () -> HomeLock.acquire(home));
            Custody custody = steps.open("keys", "the keys are open", () -> Custody.open(home));
            Ledger ledger = steps.open("ledger", "the ledger is open", () -> new HomeLedger(home).open());
            Replays replays = new Replays(custody.control(), ledger);
            LetterDesk desk = new LetterDesk(home, custody.control(), ledger);
            PlanExecution execution = execution(steps, custody, ledger, ledger::activate);
            List<RuntimeException> failed = new ArrayList<>();
            do {
                desk.work();
                Optional<BatchPlan> plan = replays.unfinished();
                if (plan.isEmpty() && desk.isWaiting()) {
                    throw LetterErrors.batchUnfinished();
                }
                plan.flatMap(batch -> execute(execution, replays, batch, failed))
                        .ifPresent(listener);
            } while (desk.isWaiting());
            if (!failed.isEmpty()) {
                throw failed.get(0);
            }
        }
    }

    /**
     * Says what a replay of these letters would change; writes nothing. Of letters that make several batches, each
     * batch is looked at by itself.
     *
     * @throws dev.sluice.deploy.DeployException as {@link #work} does
     */
    public BatchPreview preview(Collection<String> letters) {
        try (Steps steps = new Steps(line -> {})) {
            steps.open("lock", "the home is locked", () -> HomeLock.acquire(home));
            Custody copy = steps.open("keys", "the keys are open", () -> Custody.copyOf(home));
            Ledger ledger = steps.open("ledger", "the ledger is open", () -> new HomeLedger(home).open());
            Replays replays = new Replays(copy.control(), ledger);
            PlanExecution execution = execution(steps, copy, ledger, plan -> {});
            List<Letter> chosen = Letters.of(home).chosen(new Letters.Choice(letters, "", ""));
            return LetterPortions.STANDARD.all(chosen).stream()
                    .map(some -> execution.preview(replays.draft(some).orElseThrow(LetterErrors::batchUnfinished)))
                    .reduce(BatchPreview.NONE, BatchPreview::plus);
        }
    }

    /**
     * A replay that fails for a dataset is given up, so that it is not tried again by the next gateway and keeps no
     * other dataset back; its failure is kept.
     */
    private static Optional<Audited> execute(
            PlanExecution execution, Replays replays, BatchPlan plan, List<RuntimeException> failed) {
        try {
            return Optional.of(execution.execute(plan));
        } catch (Exception e) { // boundary of a replay, also of Spark's checked ones: kept or thrown on
            Optional<KnownFailure> failure = Failures.ofDataset(e);
            if (failure.isPresent() && failure.get() instanceof RuntimeException known) {
                replays.giveUp(plan, failure.get());
                failed.add(known);
                return Optional.empty();
            }
            throw e;
        }
    }

    private PlanExecution execution(Steps steps, Custody custody, Ledger ledger, Consumer<Plan> activate) {
        Pipeline.Transport transport = transport(steps);
        Stages stages = steps.open(
                "policy",
                "the policy is loaded",
                () -> Stages.open(LineSettings.of(home, pipeline.over(transport)), custody, activate));
        SparkSession spark = steps.step("spark", "Spark is up", () -> SparkSessions.local(home.scratch(), CORES));
        steps.onClose("spark", spark::stop);
        Lake lake = pipeline.lake(home);
        LetterDesk desk = new LetterDesk(home, custody.control(), ledger);
        return PlanExecution.of(
                new PlanExecution.Reads(spark, transport.client(), lake.root(), desk::isOpen),
                RecordLine.over(spark, stages),
                () -> new DeltaSinks(spark, lake, DeltaSinks.Options.DEFAULT, desk::isOpen),
                ledger);
    }

    private Pipeline.Transport transport(Steps steps) {
        if (!pipeline.transport().isEmbedded()) {
            return pipeline.transport();
        }
        EmbeddedRuntime runtime = steps.open(
                "embedded parts",
                "the schema registry is up",
                () -> EmbeddedRuntime.start(home, EnumSet.of(Part.KAFKA, Part.REGISTRY)));
        return new Pipeline.Transport(runtime.kafkaBootstrap(), runtime.registryUrl());
    }
}
