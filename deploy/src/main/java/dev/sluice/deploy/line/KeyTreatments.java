package dev.sluice.deploy.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.DeployException;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.Treatment;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Refuses a plan that treats a key column in another way than the plan by which rows of the dataset were written: the
 * same row would get another key, and the row under its old key would stay current for ever. How the columns of a key
 * are treated is a fact {@code key-treatment DATASET} of the control database: a JSON object with kind and parameters
 * by the name of the column. Safe for use by many threads.
 *
 * <p>A key that gets other columns at the source is another matter: its dataset is held until a new snapshot, which
 * closes the rows under the old keys.
 */
final class KeyTreatments {

    private static final String FACT = "key-treatment ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayState state;

    KeyTreatments(GatewayState state) {
        this.state = state;
    }

    /**
     * Notes how the plan treats the key, unless that is known.
     *
     * @throws DeployException {@code DEP-323} with the dataset, when the treatment of a key column is another one
     */
    void require(Plan plan) {
        String fact = FACT + plan.dataset().topic();
        Map<String, PlannedField> key = new TreeMap<>();
        Map<String, String> now = new TreeMap<>();
        plan.fields().stream().filter(planned -> planned.field().key()).forEach(planned -> {
            key.put(planned.field().name(), planned);
            now.put(planned.field().name(), text(planned.treatment()));
        });
        Map<String, String> before = state.value(fact).map(KeyTreatments::parse).orElse(Map.of());
        if (!before.keySet().equals(now.keySet())) {
            state.put(fact, json(now));
            return;
        }
        before.forEach((name, treatment) -> {
            if (!treatment.equals(now.get(name))) {
                throw changed(plan, Objects.requireNonNull(key.get(name)), treatment);
            }
        });
    }

    private static Map<String, String> parse(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The control database holds a key treatment that is no JSON.", e);
        }
    }

    private static String json(Map<String, String> treatments) {
        try {
            return JSON.writeValueAsString(treatments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts cannot be written as JSON.", e);
        }
    }

    private static String text(Treatment treatment) {
        return treatment.kind()
                + treatment.params().entrySet().stream()
                        .map(param -> " " + param.getKey() + "=" + param.getValue())
                        .collect(Collectors.joining());
    }

    private static DeployException changed(Plan plan, PlannedField planned, String before) {
        return new DeployException(
                        "DEP-323",
                        "The policy treats the key column " + planned.field().name() + " of "
                                + plan.dataset().topic() + " with " + text(planned.treatment()) + " (rule "
                                + planned.rule().place() + "), and the rows of its table were written with " + before
                                + ". The same row would get a second key. The dataset is held. Give the column its"
                                + " earlier tag or rule back, or begin a new history with another home.")
                .ofDataset(plan.dataset().topic());
    }
}
