package dev.sluice.deploy.demo;

import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.gateway.Gateway;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.shop.LiveShop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The demo that stays alive until it is stopped. The caller holds the home's lock. */
public final class LiveDemo implements AutoCloseable {

    private final EmbeddedRuntime runtime;
    private final Gateway gateway;
    private final LiveShop shop;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private LiveDemo(EmbeddedRuntime runtime, Gateway gateway, LiveShop shop) {
        this.runtime = runtime;
        this.gateway = gateway;
        this.shop = shop;
    }

    /**
     * Starts all parts and the shop. What was started is stopped again when a later part fails.
     *
     * @throws java.util.concurrent.CancellationException when {@code stop} completes before capture has begun
     */
    public static LiveDemo start(Home home, Consumer<String> tell, CompletableFuture<?> stop) {
        Steps steps = new Steps(tell);
        EmbeddedRuntime runtime =
                steps.step("runtime", "database, broker and schema registry are up", () -> EmbeddedRuntime.start(home));
        Gateway opened = null;
        LiveDemo demo = null;
        try {
            DemoShop demoShop = new DemoShop(runtime.postgres());
            steps.step("shop", "the sample shop is there", demoShop::prepare);
            Pipeline pipeline = DemoHome.lay(home, runtime);
            opened = steps.step(
                    "gateway", "keys, ledger, policy and Spark are open", () -> Gateway.open(home, pipeline, stop));
            Gateway gateway = opened;
            gateway.onBatch(tell);
            steps.step("capture", "changes are captured and governed", gateway::start);
            demo = new LiveDemo(runtime, gateway, demoShop.enliven());
        } finally {
            if (demo == null) {
                if (opened != null) {
                    opened.close();
                }
                runtime.close();
            }
        }
        demo.watch();
        tell.accept("The shop is alive. Look at it from another shell, for example:");
        tell.accept("  deploy/bin/sluice status --home " + home.root());
        tell.accept("  deploy/bin/sluice table list --home " + home.root());
        tell.accept("Ctrl-C stops every part; the next start goes on here.");
        return demo;
    }

    /** Completes exceptionally when a part has failed. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    @Override
    public void close() {
        shop.close();
        gateway.close();
        runtime.close();
    }

    private void watch() {
        CompletableFuture<Void> unused = gateway.failure().whenComplete((done, problem) -> {
            if (problem != null) {
                failure.completeExceptionally(problem);
            }
        });
        unused = runtime.failure().thenAccept(ended -> failure.completeExceptionally(DemoErrors.childEnded(ended)));
    }
}
