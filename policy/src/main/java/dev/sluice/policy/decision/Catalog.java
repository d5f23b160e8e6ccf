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
 * Tells the gateway what stewards and compliance wrote down, as far as the gateway checks decisions against it.
 * Immutable and thread-safe: another revision is another catalog.
 */
public interface Catalog {

    /** The description of the dataset; empty when the catalog has none. */
    Optional<Entry> entry(DatasetId dataset);

    /**
     * The consumer of that id.
     *
     * @throws dev.sluice.policy.PolicyException when the consumer is unknown
     */
    Consumer consumer(String id);

    /** The rule of that id, built-in ones included; empty when there is none. */
    Optional<RuleRef> rule(String id);

    /** Whether the rule carries an approval. */
    boolean approved(String ruleId);

    /** Whether a rule needs an approval to keep values of the category, because it or one above it is special. */
    boolean special(String category);

    /** The last days of temporary rules. */
    SortedSet<LocalDate> expiries();

    /** Hash of rules, taxonomy, consumers, treatments and Rego library: {@code sha256:} and 64 hex digits. */
    String policyRevision();

    /** Hash of the dataset descriptions: {@code sha256:} and 64 hex digits. */
    String catalogRevision();

    /**
     * Says who receives data, and for which purpose.
     *
     * @param id consumer id
     * @param purpose purpose out of the taxonomy
     * @param sink kind of sink
     * @param region where the data goes, empty when not said
     */
    record Consumer(String id, String purpose, String sink, String region) implements Serializable {}

    /**
     * Describes a dataset.
     *
     * @param tags categories by field name
     * @param references the field of another dataset that a field points to, by field name
     * @param person which person a row is about, null when no person; read it with {@link #subject()}
     */
    record Entry(Map<String, Set<String>> tags, Map<String, Reference> references, @Nullable SubjectPath person) {

        /** The entry of a dataset without a description. */
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
         * Whether a row is the person: the fields of the key are exactly the fields that name the person, and no part
         * of the key points to another table. Then a key change gives the same person a new key; in other tables the
         * row may belong to another person afterwards.
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
     * Names the field that a foreign key points to.
     *
     * @param dataset the other table
     * @param field its field
     */
    record Reference(DatasetId dataset, String field) {}

    /** Ids that the library answers with when no rule of the folder decided. */
    List<String> BUILT_IN_RULES = List.of("unclassified", "no-rule", "conflict");
}
