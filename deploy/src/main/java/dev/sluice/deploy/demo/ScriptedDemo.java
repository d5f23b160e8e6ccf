package dev.sluice.deploy.demo;

import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.gateway.Gateway;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.report.Sheet;
import dev.sluice.deploy.shop.MalformedRecords;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fixed story: a shop that lives through every kind of change, records that cannot be decoded, and one person who
 * asks to be erased. The caller holds the home's lock, calls {@link #play} once, then reads {@link #summary}.
 */
public final class ScriptedDemo implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> ERASED_CUSTOMER = List.of("7");

    private final Home home;
    private final Steps steps;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private @Nullable EmbeddedRuntime runtime;
    private @Nullable Gateway gateway;
    private @Nullable DemoSummary summary;

    /** A demo on that home that tells a person about each step. */
    public ScriptedDemo(Home home, Consumer<String> tell) {
        this.home = home;
        this.steps = new Steps(tell);
    }

    /** Plays the story to its end. */
    public void play() {
        EmbeddedRuntime parts =
                steps.step("runtime", "database, broker and schema registry are up", () -> EmbeddedRuntime.start(home));
        runtime = parts;
        DemoShop shop = new DemoShop(parts.postgres());
        steps.step("shop", "the sample shop is there", shop::prepare);
        Pipeline pipeline = DemoHome.lay(home, parts);
        Gateway opened = steps.step(
                "open", "keys, ledger, policy and Spark are open", () -> Gateway.open(home, pipeline, failure));
        gateway = opened;
        CompletableFuture<Void> unused = opened.failure().whenComplete(this::fail);
        unused = parts.failure().thenAccept(ended -> fail(null, DemoErrors.childEnded(ended)));
        steps.step("start", "capture and batches run", opened::start);
        steps.step("story", "the story is played, with records that cannot be decoded", () -> {
            shop.play();
            String topic = pipeline.tableTopics().get(0);
            shop.once("MALFORMED", () -> MalformedRecords.inject(parts.kafkaBootstrap(), topic));
        });
        steps.step("govern", "every change is governed and recorded", () -> opened.drain(LIMIT));
        steps.step("erase", "one person is erased", () -> opened.erase("customer", ERASED_CUSTOMER, "demo"));
        summary = steps.step(
                "verify", "the ledger is verified against the tables", () -> DemoSummary.of(home, opened.erasures()));
    }

    /** Completes exceptionally when a part has failed while the story is played. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /** What came of it, in the form of the command line's contract. */
    public Sheet summary() {
        return played().sheet(steps.seconds());
    }

    /** Whether the ledger verifies and every record is accounted for. */
    public boolean isSound() {
        return played().isSound();
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        if (runtime != null) {
            runtime.close();
        }
    }

    private void fail(@Nullable Void done, @Nullable Throwable problem) {
        if (problem != null) {
            failure.completeExceptionally(problem);
        }
    }

    private DemoSummary played() {
        if (summary == null) {
            throw new IllegalStateException("the story has not been played");
        }
        return summary;
    }
}
