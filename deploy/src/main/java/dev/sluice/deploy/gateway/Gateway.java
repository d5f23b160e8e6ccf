package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.batch.PlanExecution;
import dev.sluice.deploy.erasure.ErasureDesk;
import dev.sluice.deploy.erasure.ErasureRequests;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeOwner;
import dev.sluice.deploy.letter.LetterDesk;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.lifecycle.Estimate;
import dev.sluice.deploy.lifecycle.Rounds;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.deploy.line.LineSettings;
import dev.sluice.deploy.line.RecordLine;
import dev.sluice.deploy.line.Stages;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.planner.Holds;
import dev.sluice.deploy.planner.Planner;
import dev.sluice.deploy.planner.PlannerScope;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.sinks.delta.DeltaSinks;
import dev.sluice.sinks.delta.SparkSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline on one home. The caller holds the home's lock, and closes the gateway by closing the {@link Steps}.
 *
 * <p>The order of one batch, from plan to ledger:
 *
 * <ol>
 *   <li>{@code Planner} asks the ledger how far the raw topics were read. A batch that was begun and not recorded is
 *       executed again, unchanged; otherwise the planner ends the next batch at a cut of capture, so that no
 *       transaction is divided, and makes its plan durable.
 *   <li>{@code PlannedRecords} names the planned offsets to Spark's Kafka source.
 *   <li>{@code DeltaSinks.write} reads the records of the batch in Spark's tasks. Each task calls {@link RecordLine}
 *       with about a thousand records at a time, and {@link Stages} does, in this order:
 *       <ol>
 *         <li>{@code AvroDecoder} decodes the record ({@code cdc}),
 *         <li>the decision point finds the plan of dataset, schema and consumer ({@code policy}); a new plan is
 *             recorded in the ledger first,
 *         <li>{@code Protector} treats every value, or seals the record as a dead letter ({@code masking}).
 *       </ol>
 *   <li>{@code DeltaSinks} reads the stored versions of the affected keys and computes the differences.
 *   <li>{@code DeltaSinks} writes latent events, then dead letters, then one commit for each table.
 *   <li>{@code DeltaSinks} answers with a receipt that accounts for every record.
 *   <li>The ledger records the receipt as one signed leaf. The ranges of the leaf are the position from which the next
 *       plan begins; there is no other checkpoint.
 * </ol>
 *
 * <p>The sink calls the line, and not the other way round, so that clear text exists only inside one chunk of one task
 * and never in a Spark row, which Spark may spill to disk, ship or show in a plan.
 *
 * <p>Closing waits for the batch at hand. A killed gateway replays that batch at its next start, with the same result.
 */
public final class Gateway {

    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration TELL_AFTER = Duration.ofSeconds(10);
    private static final Duration SNAPSHOT = Duration.ofDays(7);

    private final Home home;
    private final Pipeline pipeline;
    private final Ending ending;
    private final Custody custody;
    private final TopicAdmin topics;
    private final @Nullable SourceCapture capture;
    private final Batches batches;
    private final Runnable requests;

    /** Opens every part in the order in which it is written here; {@link Steps#close} closes them in reverse. */
    private Gateway(Home home, Pipeline pipeline, Steps steps, Ending ending, BatchLoop.Listeners listeners) {
        this.home = home;
        this.pipeline = pipeline;
        this.ending = ending;
        this.custody = steps.open("keys", "keys and control state are open", () -> Custody.open(home));
        custody.noteSubjectKinds(PolicyFolder.load(pipeline.policy().folder()));
        Ledger ledger = steps.open("ledger", "the ledger is open", this::ledger);
        SparkSession spark = steps.step("spark", "Spark is up", () -> SparkSessions.local(home.scratch(), cores()));
        steps.onClose("spark", spark::stop);
        Pipeline.Transport broker = pipeline.transport();
        this.topics = steps.open("broker", "the broker answers", () -> TopicAdmin.open(broker.client(), ending));
        steps.step("source", "the home belongs to this pipeline and source", this::claimHome);
        this.capture = pipeline.source()
                .capture()
                .map(database -> startCapture(database, steps))
                .orElse(null);
        Stages stages = steps.open(
                "policy",
                "the policy is loaded",
                () -> Stages.open(LineSettings.of(home, pipeline), custody, ledger::activate, listeners.tell()));
        LetterDesk letters = new LetterDesk(home, custody.control(), ledger);
        PlanExecution execution = PlanExecution.of(
                new PlanExecution.Reads(
                        spark, broker.client(), pipeline.lake(home).root(), letters::isOpen),
                RecordLine.over(spark, stages),
                DeltaSinks.series(spark, pipeline.lake(home), options(), letters::isOpen),
                ledger);
        Planner planner = steps.step("planner", "the raw topics are there", () -> planner(ledger, listeners));
        this.batches = new Batches(new Batches.Parts(planner, topics, execution, listeners.recorded()));
        ErasureDesk erasures = new ErasureDesk(custody, ledger, ErasureDesk.tables(spark, pipeline.lake(home)));
        this.requests = () -> {
            erasures.work();
            letters.work();
        };
        steps.step("batches", "batches run", () -> startBatches(steps, listeners, letters));
    }

    /**
     * Opens every part of the pipeline and starts the batches.
     *
     * @param steps runs and closes the opening steps; what was opened before a failure is closed by it
     * @param ending ends the waits of the opening, and learns of every failure of a part
     * @param listeners learn of batches and of pauses
     * @throws Ending.StopRequested when the command was asked to stop meanwhile
     */
    static Gateway open(Home home, Pipeline pipeline, Steps steps, Ending ending, BatchLoop.Listeners listeners) {
        return new Gateway(home, pipeline, steps, ending, listeners);
    }

    /**
     * Waits until every change that the source had committed when this was called is in the ledger.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-303} when that takes longer than the limit
     * @throws Ending.StopRequested when the command was asked to stop meanwhile
     */
    public void drain(Duration limit) {
        SourceCapture source = capture;
        if (source != null) {
            String position = source.currentPosition();
            ending.until(
                    () -> source.confirmed(position),
                    new Ending.Wait("capture has not confirmed the position " + position, limit, source::trouble));
        }
        Batches.Backlog backlog = batches.backlog();
        long total = backlog.missing();
        Estimate estimate = new Estimate("records", 0);
        ending.until(
                () -> backlog.missing() == 0,
                new Ending.Wait(
                        "batches have not reached the end of the raw topics",
                        limit,
                        () -> Optional.of(estimate.text(total - backlog.missing(), total))));
    }

    /** Erases a person now, between two batches, and answers the finished case. */
    public ErasureCase erase(String kind, List<String> key, String reason) {
        ErasureRequests requests = new ErasureRequests(custody);
        ErasureCase filed = requests.file(kind, key, reason);
        batches.between(this.requests);
        return requests.cases().find(filed.caseId()).orElseThrow();
    }

    /** The datasets that are held, by name. */
    public List<Holds.Hold> holds() {
        return batches.holds();
    }

    /** All erasure cases of the home, oldest first. */
    public List<ErasureCase> erasures() {
        return new ErasureRequests(custody).cases().all();
    }

    private Ledger ledger() {
        Ledger ledger = new HomeLedger(home).open();
        boolean begun = false;
        try {
            Planner.begin(custody.control(), ledger, pipeline.name(), version());
            begun = true;
            return ledger;
        } finally {
            if (!begun) {
                ledger.close();
            }
        }
    }

    private void claimHome() {
        String source = pipeline.source().capture().map(SourceCapture::identity).orElseGet(topics::identity);
        new HomeOwner(pipeline.name(), source).claim(home);
    }

    private SourceCapture startCapture(Pipeline.Database database, Steps steps) {
        SourceCapture started = steps.open("capture", "capture has opened its slot", () -> {
            SourceCapture starting = SourceCapture.start(pipeline, database, home, ending);
            boolean ready = false;
            try {
                ending.until(
                        starting::isReady,
                        new Ending.Wait("capture has not opened its slot", READY, starting::trouble));
                ending.until(
                        () -> topics.existing().containsAll(pipeline.tableTopics(home)),
                        new Ending.Wait("capture has not made its topics", READY, starting::trouble));
                ready = true;
                return starting;
            } finally {
                if (!ready) {
                    starting.close();
                }
            }
        });
        // An interrupted snapshot empties the topics and begins again, so nothing of it may be read before its end.
        steps.step("snapshot", "the tables are read", () -> {
            Estimate estimate = new Estimate("rows", rows());
            ending.until(
                    started::hasSnapshot,
                    new Ending.Wait("the tables are not read yet", SNAPSHOT, () -> started.trouble()
                            .or(() -> Optional.of(estimate.text(rows())))));
        });
        return started;
    }

    private long rows() {
        return topics.extents(pipeline.tableTopics(home)).values().stream()
                .mapToLong(extent -> extent.end() - extent.first())
                .sum();
    }

    private void startBatches(Steps steps, BatchLoop.Listeners listeners, LetterDesk letters) {
        // What an operator asked for while no gateway ran is the first batch, also of a run that ends soon.
        letters.work();
        BatchLoop.Pacing pacing =
                new BatchLoop.Pacing(home.root(), pipeline.run().trigger(), TELL_AFTER, this::captureTrouble);
        steps.onClose("batches", BatchLoop.start(batches::next, pacing, listeners, ending));
        steps.onClose("rounds", Rounds.start(ending, List.of(() -> batches.between(requests))));
    }

    private DeltaSinks.Options options() {
        return DeltaSinks.Options.DEFAULT.withDeadLetterPercent(pipeline.run().deadLetterPercent());
    }

    private Planner planner(Ledger ledger, BatchLoop.Listeners listeners) {
        List<String> subscribed = subscribed();
        topics.require(subscribed);
        return new Planner(
                custody.control(),
                ledger,
                new PlannerScope(
                        subscribed,
                        SourceCapture.filler(capture),
                        pipeline.run().maxRecords(),
                        java.time.InstantSource.system(),
                        hold -> listeners.tell().accept("Held: " + hold.dataset() + ". " + hold.reason()),
                        pipeline.routes()));
    }

    private Optional<Outage> captureTrouble() {
        return Optional.ofNullable(capture).flatMap(SourceCapture::outage);
    }

    private List<String> subscribed() {
        List<String> subscribed = new ArrayList<>(pipeline.tableTopics(home));
        if (topics.existing().contains(pipeline.transactionTopic())) {
            subscribed.add(pipeline.transactionTopic());
        }
        return subscribed;
    }

    private static String version() {
        String version = Gateway.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static int cores() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
