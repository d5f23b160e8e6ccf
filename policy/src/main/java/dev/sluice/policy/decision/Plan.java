package dev.sluice.policy.decision;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the decision for one dataset, schema version and consumer: one treatment for every field, in the order of the
 * schema. Immutable, safe to share and to send to another process.
 *
 * @param planId {@code sha256:} and 64 hex digits over decision, input and revisions; equal plans have equal ids
 * @param scope what the plan is for
 * @param fields one entry for each field of the schema, in its order
 * @param person which person a row is about, null when no person; read it with {@link #subject()}
 * @param revisions what the decision was made from
 */
public record Plan(
        String planId, PlanScope scope, List<PlannedField> fields, @Nullable SubjectPath person, Revisions revisions)
        implements Serializable {

    public Plan {
        fields = List.copyOf(fields);
        List<Field> planned = fields.stream().map(PlannedField::field).toList();
        if (!planned.equals(scope.schema().fields())) {
            throw new IllegalArgumentException("The plan of " + scope.dataset() + " does not cover its schema.");
        }
        if (person != null) {
            for (String name : person.fields()) {
                if (scope.schema().indexOf(name) < 0) {
                    throw new IllegalArgumentException("The plan of " + scope.dataset() + " has the subject field "
                            + name + ", which is not in the schema.");
                }
            }
        }
    }

    /**
     * Says for what a plan is.
     *
     * @param dataset the table
     * @param schema its fields
     * @param consumer consumer id
     * @param purpose what the consumer does with the data
     */
    public record PlanScope(DatasetId dataset, RowSchema schema, String consumer, String purpose)
            implements Serializable {}

    /**
     * Names the revisions that a decision was made from.
     *
     * @param policy hash of rules, taxonomy, consumers, treatments and Rego library
     * @param catalog hash of the catalog
     * @param engine engine name and version
     */
    public record Revisions(String policy, String catalog, String engine) implements Serializable {}

    /** The person a row is about; empty when no person. */
    public Optional<SubjectPath> subject() {
        return Optional.ofNullable(person);
    }

    public DatasetId dataset() {
        return scope.dataset();
    }

    public RowSchema schema() {
        return scope.schema();
    }

    public String consumer() {
        return scope.consumer();
    }

    public String purpose() {
        return scope.purpose();
    }

    /** The fields as they leave, in order, with their fingerprint. */
    public RowSchema output() {
        return RowSchema.of(fields.stream().flatMap(f -> f.output().stream()).toList());
    }
}
