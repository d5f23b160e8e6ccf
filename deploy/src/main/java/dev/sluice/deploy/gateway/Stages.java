package dev.sluice.deploy.gateway;

import dev.sluice.cdc.decode.AvroDecoder;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Marker;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.SourceMessage;
import dev.sluice.cdc.registry.CachedSchemaRegistry;
import dev.sluice.masking.Guarded;
import dev.sluice.masking.Protector;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.CheckedDecisionPoint;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.opa.ServerPolicyEngine;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Decode, decide, protect, opened and warm. One per JVM and {@link LineSpec}, shared by all its tasks; on one machine
 * the gateway opens it and the tasks find it, so that an erasure reaches the keys that they hold.
 */
final class Stages implements AutoCloseable {

    private static final Map<LineSpec, Stages> OPEN = new ConcurrentHashMap<>();
    private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(10);

    private final LineSpec spec;
    private final AvroDecoder decoder;
    private final PolicyEngine engine;
    private final PlanBook plans;
    private final Protector protector;

    private Stages(LineSpec spec, Custody custody, Consumer<Plan> onNewPlan) {
        this.spec = spec;
        this.decoder = new AvroDecoder(CachedSchemaRegistry.shared(spec.registry()), spec.decode());
        PolicyFolder folder = PolicyFolder.load(Path.of(spec.policy().folder().getPath()));
        this.engine = engine(folder, spec.policy());
        this.plans = new PlanBook(
                new CheckedDecisionPoint(engine, folder, spec.policy().consumer(), InstantSource.system()), onNewPlan);
        this.protector = new Protector(custody.keys(), custody.people());
    }

    /** Opens the stages with keys that are open already; told about every plan before a row is treated by it. */
    static Stages open(LineSpec spec, Custody custody, Consumer<Plan> onNewPlan) {
        Stages stages = new Stages(spec, custody, onNewPlan);
        OPEN.put(spec, stages);
        return stages;
    }

    /** The stages of that spec; opened with their own keys when this JVM has none yet. */
    static Stages of(LineSpec spec) {
        return OPEN.computeIfAbsent(
                spec,
                s -> new Stages(
                        s, Custody.open(s.keyFolder().toPath(), s.controlDb().toPath()), plan -> {}));
    }

    /** One guarded record for each raw one, in the same order. */
    List<Guarded> guard(List<RawRecord> chunk) {
        List<Outcome<Decided>> outcomes = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        Guarded[] guarded = new Guarded[chunk.size()];
        for (int i = 0; i < guarded.length; i++) {
            RawRecord raw = chunk.get(i);
            Outcome<SourceMessage> message = decoder.decode(raw);
            if (message instanceof Outcome.Accepted<SourceMessage> accepted
                    && accepted.value() instanceof Marker marker) {
                guarded[i] = protector.withhold(marker);
            } else {
                outcomes.add(message.fold(m -> plans.decide((ChangeEvent) m, raw), Outcome.Rejected::as));
                places.add(i);
            }
        }
        List<Guarded> rest = protector.protect(outcomes);
        for (int i = 0; i < places.size(); i++) {
            guarded[places.get(i)] = rest.get(i);
        }
        return List.of(guarded);
    }

    @Override
    public void close() {
        OPEN.remove(spec, this);
        engine.close();
    }

    private static PolicyEngine engine(PolicyFolder folder, LineSpec.PolicySpec spec) {
        if (spec.server() == null) {
            return WasmPolicyEngine.start(folder);
        }
        ServerPolicyEngine server = new ServerPolicyEngine(spec.server(), folder, SERVER_TIMEOUT);
        server.publish();
        return server;
    }
}
