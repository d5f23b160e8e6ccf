package dev.sluice.masking;

import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.masking.treat.FieldTreatment;
import dev.sluice.masking.treat.Treatments;
import dev.sluice.masking.treat.ValueVector;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a plan with its compiled treatments, and applies the treatments to images. Immutable; safe for use by many
 * threads.
 */
final class CompiledPlan {

    private final Plan plan;
    private final RowSchema outputs;
    private final List<TreatmentStep> steps = new ArrayList<>();
    private final List<Integer> positions;
    private final Map<String, PlannedOutput> byName = new HashMap<>();

    CompiledPlan(Plan plan, Treatments treatments) {
        this.plan = plan;
        this.outputs = plan.output();
        for (int position = 0; position < plan.fields().size(); position++) {
            PlannedField planned = plan.fields().get(position);
            Optional<Field> output = planned.output();
            if (output.isPresent()) {
                steps.add(new TreatmentStep(position, planned.field(), treatments.compile(plan.dataset(), planned)));
                byName.put(planned.field().name(), new PlannedOutput(position, output.get()));
            }
        }
        this.positions = steps.stream().map(TreatmentStep::position).toList();
    }

    /** Names a planned field that is not dropped: the position in the plan, and the field after its treatment. */
    record PlannedOutput(int position, Field field) {}

    private record TreatmentStep(int position, Field field, FieldTreatment treatment) {}

    Plan plan() {
        return plan;
    }

    @SuppressWarnings("ReferenceEquality") // a short cut before the deep comparison
    boolean isOf(Plan other) {
        return plan == other;
    }

    RowSchema outputs() {
        return outputs;
    }

    /** Positions in the plan of the fields that leave. */
    List<Integer> positions() {
        return positions;
    }

    PlannedOutput output(String field) {
        PlannedOutput output = byName.get(field);
        if (output == null) {
            throw new IllegalStateException("The key field " + field + " has no output in plan " + plan.planId() + ".");
        }
        return output;
    }

    /** Treats field after field; each field's values of all images, whether before, after or key, as one vector. */
    void treat(List<ImageInTreatment> images) {
        for (TreatmentStep step : steps) {
            List<ImageInTreatment> holders = new ArrayList<>(images.size());
            List<@Nullable Object> values = new ArrayList<>(images.size());
            for (ImageInTreatment image : images) {
                int index = image.indexOf(step.position(), step.field().name());
                if (index >= 0) {
                    holders.add(image);
                    values.add(image.clear(index));
                }
            }
            ValueVector out = ValueVector.ofSize(values.size());
            step.treatment().apply(ValueVector.of(values), out, lane -> holders.get(lane)
                    .person());
            for (int lane = 0; lane < holders.size(); lane++) {
                holders.get(lane).take(step.position(), step.field(), out, lane);
            }
        }
    }
}
