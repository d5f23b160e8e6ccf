package dev.sluice.policy.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.PolicyErrors;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an engine, checks the answer, and keeps the plan. One object serves one consumer and one revision of the policy
 * folder. A plan is in force until a temporary rule of the folder ends; then the decision point makes all plans anew.
 */
public final class CheckedDecisionPoint implements DecisionPoint {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedDecisionPoint.class);

    private static final Decision NOTHING = new Decision(true, Map.of(), null, List.of());

    private final PolicyEngine engine;
    private final Catalog catalog;
    private final Catalog.Consumer consumer;
    private final Map<Key, Plan> plans = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private volatile Span span;

    /** The span is part of the key: a plan that was under way when a rule ended must not be used after that time. */
    private record Key(DatasetId dataset, String fingerprint, Span span) {}

    /** A time in which no temporary rule ends; all its decisions are made for its beginning. */
    private record Span(Instant from, Instant until) {}

    /**
     * A decision point for that consumer.
     *
     * @param clock gives the time; read only while a temporary rule has yet to end
     * @throws dev.sluice.policy.PolicyException when the consumer is unknown
     */
    public CheckedDecisionPoint(PolicyEngine engine, Catalog catalog, String consumer, InstantSource clock) {
        this.engine = engine;
        this.catalog = catalog;
        this.consumer = catalog.consumer(consumer);
        this.clock = clock;
        this.span = spanOf(clock.instant());
    }

    @Override
    public Plan plan(DatasetId dataset, RowSchema schema) {
        Span now = now();
        Key key = new Key(dataset, schema.fingerprint(), now);
        Plan known = plans.get(key);
        return known != null ? known : plans.computeIfAbsent(key, missing -> compile(dataset, schema, now.from()));
    }

    private Span now() {
        Span known = span;
        if (known.until().equals(Instant.MAX) || clock.instant().isBefore(known.until())) {
            return known;
        }
        Span next = spanOf(clock.instant());
        span = next;
        plans.keySet().removeIf(key -> key.span().until().isBefore(next.until()));
        LOG.atInfo().addKeyValue("from", next.from()).log("A temporary rule ended; plans are made anew.");
        return next;
    }

    /** A temporary rule applies until the end of its last day, UTC. */
    private Span spanOf(Instant at) {
        Instant until = catalog.expiries().stream()
                .map(last -> last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .filter(at::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return new Span(at, until);
    }

    @Override
    public Outcome<Decided> decide(ChangeEvent event, RawRecord raw) {
        return new Outcome.Accepted<>(new Decided(event, plan(event.source().dataset(), event.schema())));
    }

    private Plan compile(DatasetId dataset, RowSchema schema, Instant at) {
        ObjectNode input = DecisionInput.of(dataset, schema, consumer, at);
        if (schema.fields().isEmpty()) {
            // A mark about a whole table shows no value, so there is nothing to decide.
            JsonNode nothing = JsonNodeFactory.instance.objectNode();
            return plan(scope(dataset, schema), NOTHING, planId(input, nothing));
        }
        JsonNode answer = engine.evaluate(input);
        List<String> wrong = new ArrayList<>();
        Decision decision = Decision.read(answer, wrong);
        if (!wrong.isEmpty()) {
            throw PolicyErrors.refused(dataset.topic(), consumer.id(), wrong);
        }
        if (!decision.allow()) {
            throw PolicyErrors.denied(dataset.topic(), consumer.id(), decision.violations());
        }
        Catalog.Entry entry = catalog.entry(dataset).orElse(Catalog.Entry.UNKNOWN);
        List<String> violations =
                new PlanChecks(catalog, entry, link -> treatmentOfOther(link, at)).violations(schema, decision);
        if (!violations.isEmpty()) {
            throw PolicyErrors.refused(dataset.topic(), consumer.id(), violations);
        }
        Plan plan = plan(scope(dataset, schema), decision, planId(input, answer));
        LOG.atInfo()
                .addKeyValue("dataset", dataset.topic())
                .addKeyValue("consumer", consumer.id())
                .addKeyValue("plan", plan.planId())
                .log("A plan was made.");
        return plan;
    }

    private Plan.PlanScope scope(DatasetId dataset, RowSchema schema) {
        return new Plan.PlanScope(dataset, schema, consumer.id(), consumer.purpose());
    }

    private Plan plan(Plan.PlanScope scope, Decision decision, String planId) {
        List<PlannedField> fields = new ArrayList<>();
        for (Field field : scope.schema().fields()) {
            Decision.FieldAnswer answer = decision.fields().get(field.name());
            if (answer == null) {
                throw PolicyErrors.refused(
                        scope.dataset().topic(),
                        scope.consumer(),
                        List.of(field.name() + ": The decision leaves the field out."));
            }
            RuleRef rule = catalog.rule(answer.rule()).orElseGet(() -> new RuleRef(answer.rule(), "", 0));
            fields.add(new PlannedField(field, answer.treatment(), rule, answer.category()));
        }
        Plan.Revisions revisions =
                new Plan.Revisions(catalog.policyRevision(), catalog.catalogRevision(), engine.engine());
        return new Plan(planId, scope, fields, person(scope, decision.person()), revisions);
    }

    /**
     * The id of the plan covers the revision of the catalog, so a fact of the catalog that is added here is covered
     * too.
     */
    private @Nullable SubjectPath person(Plan.PlanScope scope, @Nullable SubjectPath decided) {
        Catalog.Entry entry = catalog.entry(scope.dataset()).orElse(Catalog.Entry.UNKNOWN);
        return decided == null
                ? null
                : new SubjectPath(decided.kind(), decided.fields(), entry.rowIsPerson(scope.dataset(), scope.schema()));
    }

    /**
     * Hash of decision, input and revisions. The hash leaves the time out, because a batch that is replayed after a
     * restart must find the same plan, and a rule that has ended changes the decision anyway. The hash leaves the
     * engine out, because equal answers make equal plans.
     */
    private String planId(ObjectNode input, JsonNode answer) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("decision", answer);
        whole.set("input", input.deepCopy().without("context"));
        whole.putObject("revisions").put("policy", catalog.policyRevision()).put("catalog", catalog.catalogRevision());
        return CanonicalJson.hash(whole);
    }

    /** Asks for the field at the other end of a foreign key, alone and as the key that it is there. */
    private Treatment treatmentOfOther(PlanChecks.Linked link, Instant at) {
        Field there = new Field(link.target().field(), link.field().type(), false, true);
        RowSchema alone = RowSchema.of(List.of(there));
        List<String> wrong = new ArrayList<>();
        JsonNode answer = engine.evaluate(DecisionInput.of(link.target().dataset(), alone, consumer, at));
        Decision.FieldAnswer found = Decision.read(answer, wrong).fields().get(there.name());
        return found == null ? Treatment.QUARANTINED : found.treatment();
    }
}
