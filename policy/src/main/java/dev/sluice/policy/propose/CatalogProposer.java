package dev.sluice.policy.propose;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.survey.ForeignKey;
import dev.sluice.cdc.capture.survey.SurveyedColumn;
import dev.sluice.cdc.capture.survey.SurveyedTable;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.policy.propose.ProposedField.FieldLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Proposes the catalog of a source. The same tables always get the same proposal, whatever their order. A field that
 * points to another table gets the tag of the field there, so that both can be joined after their treatment. Confined
 * to one thread.
 */
public final class CatalogProposer {

    private final ColumnClassifier classifier;
    private final Map<TableName, SurveyedTable> tables;
    private final SubjectFinder subjects;
    private final Map<FieldLink, TagProposal> proposals = new HashMap<>();

    private CatalogProposer(ColumnClassifier classifier, Map<TableName, SurveyedTable> tables) {
        this.classifier = classifier;
        this.tables = tables;
        this.subjects = new SubjectFinder(PersonTables.standard(), tables);
    }

    /**
     * A proposed catalog.
     *
     * @param tables what is proposed for each table, by name
     * @param leftOut why a table of the survey is not among them
     */
    public record ProposedCatalog(List<ProposedTable> tables, List<Finding> leftOut) {

        public ProposedCatalog {
            tables = List.copyOf(tables);
            leftOut = List.copyOf(leftOut);
        }

        /** How many fields there are. */
        public int fields() {
            return tables.stream().mapToInt(table -> table.fields().size()).sum();
        }

        /** How many fields have a tag; the others stay hidden. */
        public int classified() {
            return tables.stream().mapToInt(ProposedTable::classified).sum();
        }
    }

    /**
     * The catalog for those of the tables that can be captured. A table whose key could not be a key after its
     * treatment is left out, {@code POL-230}.
     */
    public static ProposedCatalog propose(ColumnClassifier classifier, List<SurveyedTable> surveyed) {
        TreeMap<TableName, SurveyedTable> tables = new TreeMap<>();
        surveyed.stream().filter(SurveyedTable::canBeCaptured).forEach(table -> tables.put(table.name(), table));
        List<Finding> leftOut = new ArrayList<>();
        while (true) {
            CatalogProposer proposer = new CatalogProposer(classifier, Map.copyOf(tables));
            List<Finding> impossible = tables.values().stream()
                    .flatMap(table -> proposer.keyFault(table).stream())
                    .toList();
            if (impossible.isEmpty()) {
                return new ProposedCatalog(
                        tables.values().stream().map(proposer::table).toList(), leftOut);
            }
            // Fields that point to a table that is left out get other proposals.
            leftOut.addAll(impossible);
            tables.keySet().removeIf(name -> impossible.stream()
                    .anyMatch(fault -> fault.place().name().equals(name.toString())));
        }
    }

    private Optional<Finding> keyFault(SurveyedTable table) {
        return table.columns().stream()
                .filter(column -> table.isKey(column.name()))
                .filter(column ->
                        !StarterTags.possibleKey(proposal(table, column).tag(), column.type()))
                .findFirst()
                .map(column -> Finding.warn(
                        "POL-230",
                        Place.of(table.name().toString()),
                        "The key column " + column.name() + " has the type " + column.typeName()
                                + ", which can get no pseudonym; rows could not be told apart.",
                        "Give the table another primary key."));
    }

    private ProposedTable table(SurveyedTable table) {
        List<ProposedField> fields = new ArrayList<>();
        for (SurveyedColumn column : table.columns()) {
            TagProposal proposal = proposal(table, column);
            fields.add(new ProposedField(column.name(), proposal, link(table, column, proposal)));
        }
        ProposedSubject subject = subjects.of(table.name()).orElse(null);
        return new ProposedTable(table.name(), table.structure().comment(), subject, fields);
    }

    /** A key without a tag gets a pseudonym of its own table, so it joins with no other field. */
    private @Nullable FieldLink link(SurveyedTable table, SurveyedColumn column, TagProposal proposal) {
        boolean joins = proposal.tag().isPresent() || !table.isKey(column.name());
        return joins ? target(table, column.name()).orElse(null) : null;
    }

    /** The field that the column points to, if its table is in the catalog; a key of one column counts first. */
    private Optional<FieldLink> target(SurveyedTable table, String column) {
        return table.foreignKeys().stream()
                .filter(key -> key.columns().contains(column))
                .filter(key -> tables.containsKey(key.target()))
                .filter(key -> !(key.target().equals(table.name())
                        && key.targetOf(column).equals(column)))
                .min(Comparator.comparing((ForeignKey key) -> key.columns().size()))
                .map(key -> new FieldLink(key.target(), key.targetOf(column)));
    }

    private TagProposal proposal(SurveyedTable table, SurveyedColumn column) {
        FieldLink field = new FieldLink(table.name(), column.name());
        TagProposal known = proposals.get(field);
        if (known == null) {
            // Fields that point to each other in a circle stay unclassified.
            proposals.put(field, TagProposal.unclassified("foreign keys lead in a circle"));
            known = checked(table, column, ask(table, column));
            proposals.put(field, known);
        }
        return known;
    }

    private TagProposal ask(SurveyedTable table, SurveyedColumn column) {
        Optional<FieldLink> target = target(table, column.name());
        return target.isPresent() ? asThere(target.get()) : own(table, column);
    }

    private TagProposal asThere(FieldLink target) {
        SurveyedTable other = tables.get(target.table());
        Optional<TagProposal> there = Optional.ofNullable(other)
                .flatMap(table -> table.column(target.field()).map(column -> proposal(table, column)));
        String where = target.table() + "." + target.field();
        return there.flatMap(TagProposal::tag)
                .map(tag -> new TagProposal(tag, "points to " + where + ", same tag as there"))
                .orElseGet(() -> TagProposal.unclassified("points to " + where + ", which has no tag"));
    }

    private TagProposal own(SurveyedTable table, SurveyedColumn column) {
        Optional<ProposedSubject> subject = subjects.of(table.name());
        boolean people = subject.filter(ProposedSubject::people).isPresent();
        boolean key = table.isKey(column.name());
        TagProposal proposal = classifier.classify(
                new ColumnFacts(column, SubjectFinder.nameOf(table), key, people, subject.isPresent()));
        boolean named = proposal.tag().filter(StarterTags::fitsKey).isPresent();
        if (people && key && !named && StarterTags.hasPseudonym(column.type())) {
            return new TagProposal(StarterTags.PERSON_KEY, "key of a person");
        }
        return proposal;
    }

    private TagProposal checked(SurveyedTable table, SurveyedColumn column, TagProposal proposal) {
        String tag = proposal.tag().orElse("");
        if (StarterTags.personal(tag) && subjects.of(table.name()).isEmpty()) {
            return TagProposal.unclassified(
                    "looks like " + tag + ", but no foreign key says about which person the row is");
        }
        if (table.isKey(column.name()) && proposal.tag().isPresent() && !StarterTags.fitsKey(tag)) {
            return TagProposal.unclassified("looks like " + tag + ", whose rule would break the key");
        }
        return proposal;
    }
}
