package dev.sluice.policy.propose;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.survey.ForeignKey;
import dev.sluice.cdc.capture.survey.SurveyedColumn;
import dev.sluice.cdc.capture.survey.SurveyedTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the person that each row of a table is about: the row itself in a table of people, else the person that a
 * foreign key names. A foreign key names a person when it points to the fields that name the person there. Confined to
 * one thread.
 */
final class SubjectFinder {

    private final PersonTables people;
    private final Map<TableName, SurveyedTable> tables;
    private final Map<TableName, Optional<ProposedSubject>> found = new HashMap<>();
    private final Set<TableName> asked = new HashSet<>();

    SubjectFinder(PersonTables people, Map<TableName, SurveyedTable> tables) {
        this.people = people;
        this.tables = tables;
    }

    /** The person of that table; empty when no person is known. */
    Optional<ProposedSubject> of(TableName name) {
        SurveyedTable table = tables.get(name);
        if (table == null) {
            return Optional.empty();
        }
        Optional<ProposedSubject> known = found.get(name);
        if (known == null) {
            // Tables that point to each other in a circle: the one that was asked for first counts as no person's.
            known = asked.add(name) ? find(table) : Optional.empty();
            found.put(name, known);
        }
        return known;
    }

    private Optional<ProposedSubject> find(SurveyedTable table) {
        List<ProposedSubject> linked = linked(table);
        boolean keyLeads =
                linked.stream().anyMatch(subject -> table.structure().key().containsAll(subject.key()));
        Optional<String> kind = people.kind(nameOf(table));
        if (kind.isPresent() && !keyLeads && !table.structure().key().isEmpty()) {
            return Optional.of(new ProposedSubject(
                    kind.get(), table.structure().key(), true, "each row is a person, by the name of the table"));
        }
        return linked.stream().findFirst().map(first -> linked.size() == 1 ? first : chosen(first, linked));
    }

    private static ProposedSubject chosen(ProposedSubject first, List<ProposedSubject> all) {
        List<String> others = all.stream()
                .skip(1)
                .map(other -> String.join(", ", other.key()) + " (" + other.kind() + ")")
                .toList();
        return new ProposedSubject(
                first.kind(),
                first.key(),
                false,
                first.reason() + "; people are also named by " + String.join(" and ", others)
                        + ", so confirm whom an erasure must reach here");
    }

    /** The persons that foreign keys of the table name; what is proposed first stands first. */
    private List<ProposedSubject> linked(SurveyedTable table) {
        List<ProposedSubject> subjects = new ArrayList<>();
        for (ForeignKey key : table.foreignKeys()) {
            if (!key.target().equals(table.name())) {
                of(key.target())
                        .filter(subject -> Set.copyOf(key.targetColumns()).equals(Set.copyOf(subject.key())))
                        .ifPresent(subject -> subjects.add(through(key, subject)));
            }
        }
        List<String> order = table.columns().stream().map(SurveyedColumn::name).toList();
        subjects.sort(Comparator.comparing((ProposedSubject subject) -> people.rank(subject.kind()))
                .thenComparing(subject -> nullable(table, subject))
                .thenComparing(subject -> order.indexOf(subject.key().get(0))));
        return subjects;
    }

    private static ProposedSubject through(ForeignKey key, ProposedSubject subject) {
        List<String> fields = subject.key().stream()
                .map(field -> key.columns().get(key.targetColumns().indexOf(field)))
                .toList();
        return new ProposedSubject(subject.kind(), fields, false, "the foreign key names a person of " + key.target());
    }

    private static boolean nullable(SurveyedTable table, ProposedSubject subject) {
        return subject.key().stream()
                .anyMatch(field ->
                        table.column(field).map(SurveyedColumn::nullable).orElse(true));
    }

    /** A partition is called as the table that it is a part of. */
    static String nameOf(SurveyedTable table) {
        return table.structure().partitionOf().orElse(table.name()).table();
    }
}
