package dev.sluice.deploy.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.Treatment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once of a column that a dataset did not have before and whose values the policy hides for want of a decision.
 * Which columns a dataset had is a fact {@code columns DATASET} of the control database: a JSON list of their names.
 * Safe for use by many threads.
 */
final class NewColumns implements Consumer<Plan> {

    private static final Logger LOG = LoggerFactory.getLogger(NewColumns.class);
    private static final String CODE = "DEP-324";
    private static final String FACT = "columns ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayState state;
    private final Consumer<String> tell;

    /**
     * Warns through the log and in a line for the terminal.
     *
     * @param tell takes the line
     */
    NewColumns(GatewayState state, Consumer<String> tell) {
        this.state = state;
        this.tell = tell;
    }

    /** Notes the columns of the plan. A dataset that is seen for the first time has no new column. */
    @Override
    public synchronized void accept(Plan plan) {
        String fact = FACT + plan.dataset().topic();
        Optional<Set<String>> before = state.value(fact).map(NewColumns::parse);
        Set<String> all = new TreeSet<>(before.orElse(Set.of()));
        List<String> hidden = plan.fields().stream()
                .filter(planned -> planned.treatment().kind() == Treatment.Kind.QUARANTINE)
                .map(NewColumns::name)
                .filter(name -> before.isPresent() && !all.contains(name))
                .toList();
        if (!hidden.isEmpty()) {
            warn(plan.dataset().topic(), hidden);
        }
        boolean more =
                plan.fields().stream().map(NewColumns::name).filter(all::add).count() > 0;
        if (more || before.isEmpty()) {
            state.put(fact, json(all));
        }
    }

    private void warn(String dataset, List<String> hidden) {
        String columns = String.join(", ", hidden);
        LOG.atWarn()
                .addKeyValue("code", CODE)
                .addKeyValue("dataset", dataset)
                .addKeyValue("columns", columns)
                .log("The policy hides new columns.");
        tell.accept("Warning: " + CODE + " New in " + dataset + " and hidden, because the policy has no decision: "
                + columns
                + ". Describe in catalog/" + dataset.replace('.', '/')
                + "/data.yaml of the policy folder what each holds, run sluice policy check, and start again.");
    }

    private static String name(PlannedField planned) {
        return planned.field().name();
    }

    private static Set<String> parse(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeSet<String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The control database holds columns that are no JSON.", e);
        }
    }

    private static String json(Set<String> names) {
        try {
            return JSON.writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts cannot be written as JSON.", e);
        }
    }
}
