package dev.sluice.deploy.line;

import dev.sluice.cdc.decode.AvroDecoder;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Marker;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.SourceMessage;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.masking.Guarded;
import dev.sluice.masking.Protector;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.masking.seal.DeadLetterSeal;
import dev.sluice.masking.seal.Payload;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.CheckedDecisionPoint;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.opa.ServerPolicyEngine;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.io.Serializable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds the opened stages: decode, decide, protect. Nothing is written except a new plan, which is activated before a
 * row is treated by the plan.
 *
 * <p>One per gateway. Safe for use by many threads. Serialization writes no state: a copy in another process refuses to
 * work, because the keys of people are in this process only.
 */
public final class Stages implements AutoCloseable, Serializable {

    private static final long serialVersionUID = 1L;
    private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(10);

    private final transient AvroDecoder decoder;
    private final transient AvroDecoder ofLetters;
    private final transient PolicyEngine engine;
    private final transient ActivatingDecisionPoint decisions;
    private final transient Protector protector;
    private final transient DeadLetterSeal seal;

    private Stages(LineSettings settings, Custody custody, Consumer<Plan> activate) {
        this.decoder = settings.decoder();
        this.ofLetters = settings.decoderOfLetters();
        PolicyFolder folder = PolicyFolder.load(settings.policy().folder());
        this.engine = engine(folder, settings.policy());
        KeyTreatments keys = new KeyTreatments(new GatewayState(custody.control()));
        Consumer<Plan> require = keys::require;
        this.decisions = new ActivatingDecisionPoint(
                new CheckedDecisionPoint(engine, folder, settings.policy().consumer(), InstantSource.system()),
                require.andThen(activate));
        this.protector = new Protector(custody.keys(), custody.people());
        this.seal = new DeadLetterSeal(custody.keys());
    }

    /**
     * Opens the stages.
     *
     * @param activate takes every plan before a row is treated by the plan, and returns when the plan is recorded
     */
    public static Stages open(LineSettings settings, Custody custody, Consumer<Plan> activate) {
        return new Stages(settings, custody, activate);
    }

    /**
     * Opens the stages of a gateway.
     *
     * @param activate takes every plan before a row is treated by the plan, and returns when the plan is recorded
     * @param tell takes a line for the terminal when the policy hides a new column
     */
    public static Stages open(LineSettings settings, Custody custody, Consumer<Plan> activate, Consumer<String> tell) {
        return new Stages(
                settings, custody, activate.andThen(new NewColumns(new GatewayState(custody.control()), tell)));
    }

    /** One guarded record for each raw record, in the same order. */
    List<Guarded> guard(List<RawRecord> chunk) {
        return guard(chunk, decoder);
    }

    private List<Guarded> guard(List<RawRecord> chunk, AvroDecoder reader) {
        List<Outcome<Decided>> outcomes = new ArrayList<>();
        List<RawRecord> records = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        Guarded[] guarded = new Guarded[chunk.size()];
        for (int i = 0; i < guarded.length; i++) {
            RawRecord raw = chunk.get(i);
            Outcome<SourceMessage> message = reader.decode(raw);
            if (message instanceof Outcome.Accepted<SourceMessage> accepted
                    && accepted.value() instanceof Marker marker) {
                guarded[i] = protector.withhold(marker);
            } else {
                outcomes.add(message.fold(m -> decisions.decide((ChangeEvent) m, raw), Outcome.Rejected::as));
                records.add(raw);
                places.add(i);
            }
        }
        List<Guarded> rest = protector.protect(outcomes, records, this::rowOf);
        for (int i = 0; i < places.size(); i++) {
            guarded[places.get(i)] = rest.get(i);
        }
        return List.of(guarded);
    }

    /**
     * The row of a rejected record. A dataset that the policy refuses has no table, so its rows have no treated key.
     */
    private Optional<Protector.PlannedKey> rowOf(RawRecord rejected) {
        try {
            return decoder.rowOf(rejected)
                    .map(row -> new Protector.PlannedKey(decisions.plan(row.dataset(), row.schema()), row.key()));
        } catch (PolicyException refused) {
            if (refused.retryable()) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    /**
     * One guarded record for each sealed record, in the same order; the value of a sealed record is the payload. A
     * record whose schema the registry does not have is rejected again at once.
     */
    List<Guarded> guardSealed(List<RawRecord> chunk) {
        return guard(chunk.stream().map(this::opened).toList(), ofLetters);
    }

    private RawRecord opened(RawRecord sealed) {
        Origin origin = sealed.origin();
        byte[] value = sealed.value();
        return Optional.ofNullable(value)
                .flatMap(payload -> Payload.record(origin, seal.open(origin, payload)))
                .orElseThrow(() -> new DeployException(
                                "DEP-321",
                                "The dead letter at " + origin.coordinates()
                                        + " holds no undecoded record, so it cannot be"
                                        + " replayed. The replay is given up. Discard the letter, or read the source"
                                        + " anew.")
                        .ofDataset(origin.topic()));
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Refuses a copy in another process: that process has neither the keys nor the erasure state. */
    private Object readResolve() {
        throw new DeployException(
                "DEP-310",
                "A Spark task runs in another process than the gateway and has no access to the keys and the erasure"
                        + " state. Nothing was written. Run the gateway with a local Spark master.");
    }

    private static PolicyEngine engine(PolicyFolder folder, Pipeline.Policy policy) {
        if (policy.server() == null) {
            return WasmPolicyEngine.start(folder);
        }
        ServerPolicyEngine server = new ServerPolicyEngine(policy.server(), folder, SERVER_TIMEOUT);
        server.publish();
        return server;
    }
}
