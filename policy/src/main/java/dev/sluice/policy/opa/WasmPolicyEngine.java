package dev.sluice.policy.opa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.styra.opa.wasm.OpaPolicy;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.PolicyErrors;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.PolicyEngine;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the compiled policy in this process. The module has no clock, no network and no file; its memory is limited, and
 * the engine ends an evaluation that takes too long. The Wasm instance is not thread-safe, so one thread of its own
 * runs it; callers on any thread wait for their turn.
 */
public final class WasmPolicyEngine implements PolicyEngine {

    private static final int PAGES_AT_START = 32;
    private static final int MOST_PAGES = 4096; // of 64 KiB: 256 MiB
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);

    private final byte[] wasm;
    private final String data;
    private final Duration limit;
    private final String engine;
    private ExecutorService thread = thread();
    private @Nullable OpaPolicy policy;
    private boolean closed;

    private WasmPolicyEngine(CompiledPolicy module, JsonNode data, Duration limit) {
        this.wasm = module.wasm();
        this.data = CanonicalJson.text(data);
        this.limit = limit;
        this.engine = "opa-wasm " + module.manifest().opa() + " sha256:"
                + module.manifest().wasm();
    }

    /**
     * The engine for that folder, ready to answer; ten seconds are the most that an evaluation may take.
     *
     * @throws PolicyException when the folder has no matching module, or it cannot be started
     */
    public static WasmPolicyEngine start(PolicyFolder folder) {
        return start(folder, Duration.ofSeconds(10));
    }

    /**
     * The engine with the library of that folder and other data, to try a change.
     *
     * @throws PolicyException when the folder has no matching module, or it cannot be started
     */
    public static WasmPolicyEngine start(PolicyFolder folder, JsonNode data) {
        return started(new WasmPolicyEngine(CompiledPolicy.of(folder), data, Duration.ofSeconds(10)));
    }

    static WasmPolicyEngine start(PolicyFolder folder, Duration limit) {
        return started(new WasmPolicyEngine(CompiledPolicy.of(folder), folder.data(), limit));
    }

    private static WasmPolicyEngine started(WasmPolicyEngine engine) {
        engine.instance();
        return engine;
    }

    @Override
    public synchronized JsonNode evaluate(JsonNode input) {
        OpaPolicy ready = instance();
        String text = CanonicalJson.text(input);
        String answer = onThread(() -> ready.evaluate(text), limit);
        try {
            JsonNode results = CanonicalJson.parse(answer);
            if (results.size() != 1 || !results.path(0).path("result").isObject()) {
                throw PolicyErrors.noAnswer(engine, "the decision is undefined");
            }
            return results.path(0).path("result");
        } catch (JsonProcessingException e) {
            throw PolicyErrors.noAnswer(engine, "the answer is not JSON", e);
        }
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public synchronized void close() {
        closed = true;
        policy = null;
        thread.shutdownNow();
    }

    private synchronized OpaPolicy instance() {
        if (closed) {
            throw PolicyErrors.noAnswer(engine, "it is closed");
        }
        OpaPolicy ready = policy;
        if (ready == null) {
            ready = onThread(this::build, BUILD_LIMIT);
            policy = ready;
        }
        return ready;
    }

    private OpaPolicy build() {
        return OpaPolicy.builder()
                .withPolicy(wasm)
                .withInitialMemory(PAGES_AT_START)
                .withMaxMemory(MOST_PAGES)
                .build()
                .data(data);
    }

    private <T> T onThread(Callable<T> work, Duration most) {
        Future<T> future = thread.submit(work);
        try {
            return future.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw abandoned("it took longer than " + most, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw abandoned("the evaluation failed with " + cause.getClass().getSimpleName(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abandoned("a stop interrupted it", e);
        }
    }

    /** Drops the instance, whose state is unknown after a failure; the next question starts a new one. */
    private PolicyException abandoned(String reason, Throwable cause) {
        policy = null;
        thread.shutdownNow();
        thread = thread();
        return PolicyErrors.noAnswer(engine, reason, cause);
    }

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "sluice-policy-wasm");
            thread.setDaemon(true);
            return thread;
        });
    }
}
