package dev.sluice.policy.decision;

import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks a decision in the gateway, independent of the code of the policy: whether every treatment is possible and
 * safe. Collects all violations.
 */
final class PlanChecks {

    private final Catalog catalog;
    private final Catalog.Entry entry;
    private final Function<Linked, Treatment> other;
    private final List<String> wrong = new ArrayList<>();

    /**
     * Joins a field and the field that its foreign key points to.
     *
     * @param field the field
     * @param target what it points to
     */
    record Linked(Field field, Catalog.Reference target) {}

    /**
     * Checks against a catalog.
     *
     * @param other gives the treatment of the field at the other end of a foreign key
     */
    PlanChecks(Catalog catalog, Catalog.Entry entry, Function<Linked, Treatment> other) {
        this.catalog = catalog;
        this.entry = entry;
        this.other = other;
    }

    /** What is wrong with the decision for that schema; empty when it may become a plan. */
    List<String> violations(RowSchema schema, Decision decision) {
        for (String name : decision.fields().keySet()) {
            if (schema.indexOf(name) < 0) {
                wrong.add(name + ": The schema has no such field.");
            }
        }
        for (Field field : schema.fields()) {
            Decision.FieldAnswer answer = decision.fields().get(field.name());
            if (answer == null) {
                wrong.add(field.name() + ": The decision leaves the field out.");
            } else {
                field(field, answer);
                encryption(field, answer, decision);
            }
        }
        subject(schema, decision);
        return List.copyOf(wrong);
    }

    private void field(Field field, Decision.FieldAnswer answer) {
        String name = field.name() + ": ";
        Treatment treatment = answer.treatment();
        treatment.problems(field).forEach(problem -> wrong.add(name + problem));
        if (catalog.rule(answer.rule()).isEmpty()) {
            wrong.add(name + "The rule " + answer.rule() + " does not exist.");
        }
        if (field.key()) {
            key(name, answer);
        }
        if (treatment.kind() == Treatment.Kind.KEEP) {
            kept(field, answer);
        }
        Catalog.Reference target = entry.references().get(field.name());
        if (target != null && treatment.kind().fitsKey()) {
            linked(new Linked(field, target), treatment);
        }
    }

    private void key(String name, Decision.FieldAnswer answer) {
        Treatment treatment = answer.treatment();
        if (!treatment.kind().fitsKey()) {
            wrong.add(name + "The rule " + answer.rule() + " puts "
                    + treatment.kind().text() + " on a key field, so rows could not be told apart. Use keep or hmac.");
        }
        if (!treatment.param("normalize", "none").equals("none")) {
            wrong.add(
                    name + "The parameter normalize is not allowed on a key field, because two rows could become one.");
        }
    }

    private void kept(Field field, Decision.FieldAnswer answer) {
        Set<String> tags = entry.tags().getOrDefault(field.name(), Set.of());
        if (tags.isEmpty()) {
            wrong.add(field.name() + ": The treatment keep is not allowed on an unclassified field.");
        }
        for (String tag : tags) {
            if (catalog.special(tag) && !catalog.approved(answer.rule())) {
                wrong.add(field.name() + ": To keep the special category " + tag + ", the rule " + answer.rule()
                        + " needs approved_by.");
            }
        }
    }

    private void linked(Linked link, Treatment treatment) {
        Treatment there = other.apply(link);
        if (!there.equals(treatment)) {
            wrong.add(link.field().name() + ": The field points to "
                    + link.target().dataset() + "."
                    + link.target().field() + ", which gets "
                    + there.kind().text() + there.params() + " and not "
                    + treatment.kind().text() + treatment.params() + ", so the two could not be joined.");
        }
    }

    private void encryption(Field field, Decision.FieldAnswer answer, Decision decision) {
        if (answer.treatment().kind() == Treatment.Kind.ENCRYPT && decision.person() == null) {
            wrong.add(field.name()
                    + ": The treatment encrypt needs the key of a person, but the dataset has no subject.");
        }
    }

    private void subject(RowSchema schema, Decision decision) {
        SubjectPath decided = decision.person();
        if (!entry.subject().equals(java.util.Optional.ofNullable(decided))) {
            wrong.add("subject: The decision names another subject than the catalog.");
        }
        if (decided != null) {
            for (String name : decided.fields()) {
                if (schema.indexOf(name) < 0) {
                    wrong.add("subject: The field " + name + " is not in the schema.");
                }
            }
        }
    }
}
