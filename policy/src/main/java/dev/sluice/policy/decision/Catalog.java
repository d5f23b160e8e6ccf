package dev.sluice.policy.decision;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stewards and compliance wrote down, as far as the gateway checks decisions against it itself. Immutable and
 * thread-safe: another revision is another catalog.
 */
public interface Catalog {

    /** What is known about the dataset; empty when nobody described it. */
    Optional<Entry> entry(DatasetId dataset);

    /**
     * Who receives data.
     *
     * @throws dev.sluice.policy.PolicyException when the consumer is unknown
     */
    Consumer consumer(String id);

    /** The rule of that id, built-in ones included; empty when there is none. */
    Optional<RuleRef> rule(String id);

    /** Whether the rule carries an approval. */
    boolean approved(String ruleId);

    /** Whether values of the category, or of one above it, are of a special kind that needs an approval to be kept. */
    boolean special(String category);

    /** The last days of temporary rules. */
    SortedSet<LocalDate> expiries();

    /** Hash of rules, taxonomy, consumers, treatments and Rego library: {@code sha256:} and 64 hex digits. */
    String policyRevision();

    /** Hash of the dataset descriptions: {@code sha256:} and 64 hex digits. */
    String catalogRevision();

    /**
     * Who receives data, and for what.
     *
     * @param id consumer id
     * @param purpose purpose out of the taxonomy
     * @param sink kind of sink
     * @param region where the data goes, empty when not said
     */
    record Consumer(String id, String purpose, String sink, String region) implements Serializable {}

    /**
     * A described dataset.
     *
     * @param tags categories by field name
     * @param references the field of another dataset that a field points to, by field name
     * @param person which person a row is about, null when no person; read it with {@link #subject()}
     */
    record Entry(Map<String, Set<String>> tags, Map<String, Reference> references, @Nullable SubjectPath person) {

        /** Of a dataset that nobody described. */
        public static final Entry UNKNOWN = new Entry(Map.of(), Map.of(), null);

        public Entry {
            tags = Map.copyOf(tags);
            references = Map.copyOf(references);
        }

        /** The person a row is about; empty when no person. */
        public Optional<SubjectPath> subject() {
            return Optional.ofNullable(person);
        }

        /**
         * Whether a row is the person: its whole key names the person and nothing but the person, and no part of the
         * key points to another table. Then a key change is a new name; elsewhere it may be another person.
         */
        boolean rowIsPerson(DatasetId dataset, RowSchema schema) {
            Set<String> keys =
                    schema.fields().stream().filter(Field::key).map(Field::name).collect(Collectors.toSet());
            return person != null
                    && keys.equals(Set.copyOf(person.fields()))
                    && keys.stream()
                            .map(references::get)
                            .allMatch(to -> to == null || to.dataset().equals(dataset));
        }
    }

    /**
     * The field that a foreign key points to.
     *
     * @param dataset the other table
     * @param field its field
     */
    record Reference(DatasetId dataset, String field) {}

    /** Ids that the library answers with when no rule of the folder decided. */
    List<String> BUILT_IN_RULES = List.of("unclassified", "no-rule", "conflict");
}
