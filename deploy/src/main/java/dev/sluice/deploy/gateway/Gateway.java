package dev.sluice.deploy.gateway;

import dev.sluice.audit.event.GatewayStarted;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.delta.DeltaSinks;
import dev.sluice.sinks.delta.SparkSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * A running pipeline on one home. The caller holds the home's lock.
 *
 * <p>Call order: {@link #open}, {@link #start}, then {@link #drain} or wait for {@link #failure}, {@link #close}.
 * Closing waits for the batch at hand, so nothing is half done; a killed gateway replays that batch instead.
 */
public final class Gateway implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration SNAPSHOT = Duration.ofDays(7);
    private static final int ERASURE_MILLIS = 1000;

    private final Home home;
    private final Pipeline pipeline;
    private final Resources resources;
    private final CompletableFuture<Void> failure;
    private final Custody custody;
    private final RawTopics topics;
    private final Batches batches;
    private final SparkSession spark;

    private Gateway(Home home, Pipeline pipeline, Resources resources, CompletableFuture<?> stop) {
        this.home = home;
        this.pipeline = pipeline;
        this.resources = resources;
        this.failure = new CompletableFuture<>();
        this.custody = resources.add(Custody.open(home));
        SubjectKinds.note(custody, pipeline.policy().folder());
        Ledger ledger = resources.add(Ledgers.open(home));
        Checkpoint checkpoint = Checkpoint.in(home.work(), generation());
        ledger.append(new GatewayStarted(Instant.now(), pipeline.name(), version(), "", checkpoint.generation()));
        this.spark = SparkSessions.local(home.scratch(), cores());
        resources.add(spark::stop);
        this.topics = resources.add(new RawTopics(pipeline.transport().bootstrap()));
        pipeline.source().capture().ifPresent(database -> startCapture(database, firstOf(failure, stop)));
        LineSpec spec = LineSpecs.of(home, pipeline);
        resources.add(Stages.open(spec, custody, ledger::activate));
        Lake lake = new Lake(
                home.lake().toString(),
                pipeline.policy().consumer(),
                pipeline.run().prefix());
        Recorder recorder = new Recorder(ledger);
        this.batches = new Batches(new Batches.Parts(
                checkpoint,
                new GovernedLine(spec),
                new DeltaSinks(spark, lake),
                recorder,
                new ErasureDesk(custody, recorder, spark, lake)));
    }

    /**
     * Opens keys, ledger, Spark and policy, and starts capture. Nothing is governed yet.
     *
     * @param stop ends the wait for capture and its snapshot when it completes
     * @throws java.util.concurrent.CancellationException when {@code stop} has completed; nothing is left open
     */
    public static Gateway open(Home home, Pipeline pipeline, CompletableFuture<?> stop) {
        Resources resources = new Resources();
        Gateway gateway = null;
        try {
            gateway = new Gateway(home, pipeline, resources, stop);
            return gateway;
        } finally {
            if (gateway == null) {
                resources.close();
            }
        }
    }

    /** Starts the batches; every raw topic must be there. */
    public void start() {
        List<String> subscribed = subscribed();
        topics.require(subscribed);
        Stream stream = Stream.start(spark, pipeline, subscribed, batches);
        resources.add(() -> batches.between(stream::stop));
        CompletableFuture<Void> unused = stream.failure().whenComplete(this::fail);
        resources.add(batches::endErasures);
        nextErasures();
    }

    /** Tells about every batch that is recorded from now on, one line each. */
    public void onBatch(Consumer<String> tell) {
        batches.onRecorded(audited -> tell.accept(Told.of(audited)));
    }

    /** Completes exceptionally when a part of the line has failed; the gateway should be closed then. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /**
     * Waits until every change that the source had committed when this was called is in the ledger.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-303} when that takes longer than the limit
     */
    public void drain(Duration limit) {
        Patience patience = new Patience(limit, failure);
        pipeline.source().capture().ifPresent(database -> {
            String target = Captures.currentPosition(database);
            patience.until(() -> Captures.confirmed(database, target), "capture has not confirmed " + target);
        });
        Map<String, Long> ends = topics.ends(subscribed());
        patience.until(() -> batches.progress().reached(ends), "batches have not reached the end of the raw topics");
    }

    /** Erases a person now, between two batches, and answers the finished case. */
    public ErasureCase erase(String kind, List<String> key, String reason) {
        ErasureCase filed = ErasureDesk.file(custody, kind, key, reason);
        batches.workErasures();
        return ErasureDesk.cases(custody).find(filed.caseId()).orElseThrow();
    }

    /** All erasure cases of the home, oldest first. */
    public List<ErasureCase> erasures() {
        return ErasureDesk.cases(custody).all();
    }

    @Override
    public void close() {
        resources.close();
    }

    private void startCapture(Pipeline.Database database, CompletableFuture<Void> end) {
        DebeziumCapture capture = resources.add(Captures.start(pipeline, database, home, this::fail));
        Patience patience = new Patience(READY, end);
        patience.until(() -> Captures.isReady(home), "capture has not opened its slot");
        patience.until(() -> topics.existing().containsAll(pipeline.tableTopics()), "capture has not made its topics");
        // A snapshot that was interrupted empties the topics and starts again, so nothing of it may be read before its
        // end.
        new Patience(SNAPSHOT, end).until(capture.snapshotCompleted()::isDone, "the snapshot is not complete");
    }

    private static CompletableFuture<Void> firstOf(CompletableFuture<Void> failure, CompletableFuture<?> stop) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> unused = failure.whenComplete((done, problem) -> end.completeExceptionally(problem));
        CompletableFuture<?> unusedToo = stop.whenComplete((done, problem) -> end.cancel(false));
        return end;
    }

    /** Looks for filed cases again and again, also while the source is quiet and no batch runs. */
    private void nextErasures() {
        Executor later = CompletableFuture.delayedExecutor(ERASURE_MILLIS, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> unused = CompletableFuture.supplyAsync(batches::workErasures, later)
                .whenComplete(this::fail)
                .thenAccept(open -> {
                    if (open) {
                        nextErasures();
                    }
                });
    }

    private <T> void fail(T done, Throwable problem) {
        if (problem != null) {
            failure.completeExceptionally(problem);
        }
    }

    private List<String> subscribed() {
        List<String> subscribed = new ArrayList<>(pipeline.tableTopics());
        if (topics.existing().contains(pipeline.transactionTopic())) {
            subscribed.add(pipeline.transactionTopic());
        }
        return subscribed;
    }

    /** The name of the checkpoint's life. Only a reset, which does not exist yet, starts another. */
    private String generation() {
        return new GatewayState(custody.control())
                .putIfAbsent("generation", UUID.randomUUID().toString().substring(0, 8));
    }

    private static String version() {
        String version = Gateway.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static int cores() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
