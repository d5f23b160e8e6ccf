package dev.sluice.deploy.gateway;

import dev.sluice.audit.event.GatewayStarted;
import dev.sluice.audit.ledger.Audited;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.erasure.ErasureDesk;
import dev.sluice.deploy.erasure.ErasureRequests;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeOwner;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.lifecycle.Estimate;
import dev.sluice.deploy.lifecycle.Rounds;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.deploy.line.LineSettings;
import dev.sluice.deploy.line.RecordLine;
import dev.sluice.deploy.line.Stages;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.sinks.delta.DeltaSinks;
import dev.sluice.sinks.delta.SparkSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A running pipeline on one home. The caller holds the home's lock, and closes the gateway by closing the {@link
 * Steps}.
 *
 * <p>The order of one batch, from Spark and back to Spark:
 *
 * <ol>
 *   <li>Spark writes the end offsets of the batch into its checkpoint and calls {@link Batches#call}.
 *   <li>{@link Batches} asks the ledger for the batch. A recorded batch goes on with step 8.
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
 *   <li>The ledger records the receipt as one signed leaf.
 *   <li>{@link Batches} returns, and Spark acknowledges the batch.
 * </ol>
 *
 * <p>The sink calls the line, and not the other way round, so that clear text exists only inside one chunk of one task
 * and never in a Spark row, which Spark may spill to disk, ship or show in a plan.
 *
 * <p>Closing waits for the batch at hand. A killed gateway replays that batch at its next start, with the same result.
 */
public final class Gateway {

    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration SNAPSHOT = Duration.ofDays(7);

    private final Home home;
    private final Pipeline pipeline;
    private final Ending ending;
    private final Custody custody;
    private final TopicAdmin topics;
    private final @Nullable SourceCapture capture;
    private final Batches batches;
    private final ErasureDesk desk;

    /** Opens every part in the order in which it is written here; {@link Steps#close} closes them in reverse. */
    private Gateway(Home home, Pipeline pipeline, Steps steps, Ending ending, Consumer<Audited> listener) {
        this.home = home;
        this.pipeline = pipeline;
        this.ending = ending;
        this.custody = steps.open("keys", "keys and control state are open", () -> Custody.open(home));
        custody.noteSubjectKinds(PolicyFolder.load(pipeline.policy().folder()));
        Ledger ledger = steps.open("ledger", "the ledger is open", () -> new HomeLedger(home).open());
        BatchOffsets offsets = BatchOffsets.of(home, custody.control());
        ledger.append(new GatewayStarted(Instant.now(), pipeline.name(), version(), "", offsets.generation()));
        SparkSession spark = steps.step("spark", "Spark is up", () -> SparkSessions.local(home.scratch(), cores()));
        steps.onClose("spark", spark::stop);
        this.topics = steps.open(
                "broker",
                "the broker is reachable",
                () -> new TopicAdmin(pipeline.transport().bootstrap()));
        claimHome();
        this.capture = pipeline.source()
                .capture()
                .map(database -> startCapture(database, steps))
                .orElse(null);
        Stages stages = steps.open(
                "policy",
                "the policy is loaded",
                () -> Stages.open(LineSettings.of(home, pipeline), custody, ledger::activate));
        this.batches = new Batches(new Batches.Parts(
                offsets, RecordLine.over(spark, stages), new DeltaSinks(spark, pipeline.lake(home)), ledger));
        batches.onRecorded(listener);
        this.desk = new ErasureDesk(custody, ledger, ErasureDesk.tables(spark, pipeline.lake(home)));
        steps.step("batches", "batches run", () -> startBatches(spark, steps));
    }

    /**
     * Opens every part of the pipeline and starts the batches.
     *
     * @param steps runs and closes the opening steps; what was opened before a failure is closed by it
     * @param ending ends the waits of the opening, and learns of every failure of a part
     * @param listener called with every batch that is recorded, from the first on
     * @throws Ending.StopRequested when the command was asked to stop meanwhile
     */
    public static Gateway open(Home home, Pipeline pipeline, Steps steps, Ending ending, Consumer<Audited> listener) {
        return new Gateway(home, pipeline, steps, ending, listener);
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
            String target = source.currentPosition();
            ending.until(
                    () -> source.confirmed(target),
                    new Ending.Wait("capture has not confirmed the position " + target, limit, source::trouble));
        }
        Map<String, Long> ends = topics.ends(subscribed());
        Progress progress = batches.progress();
        long total = progress.missing(ends);
        Estimate estimate = new Estimate("records", 0);
        ending.until(
                () -> progress.reached(ends),
                new Ending.Wait(
                        "batches have not reached the end of the raw topics",
                        limit,
                        () -> Optional.of(estimate.text(total - progress.missing(ends), total))));
    }

    /** Erases a person now, between two batches, and answers the finished case. */
    public ErasureCase erase(String kind, List<String> key, String reason) {
        ErasureRequests requests = new ErasureRequests(custody);
        ErasureCase filed = requests.file(kind, key, reason);
        batches.between(desk::work);
        return requests.cases().find(filed.caseId()).orElseThrow();
    }

    /** All erasure cases of the home, oldest first. */
    public List<ErasureCase> erasures() {
        return new ErasureRequests(custody).cases().all();
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
                        () -> topics.existing().containsAll(pipeline.tableTopics()),
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
        return topics.ends(pipeline.tableTopics()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void startBatches(SparkSession spark, Steps steps) {
        List<String> subscribed = subscribed();
        topics.require(subscribed);
        SparkQuery query = SparkQuery.start(spark, pipeline, subscribed, batches, ending);
        steps.onClose("batches", () -> batches.between(query::stop));
        steps.onClose("rounds", Rounds.start(ending, List.of(() -> batches.between(desk::work))));
    }

    private List<String> subscribed() {
        List<String> subscribed = new ArrayList<>(pipeline.tableTopics());
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
