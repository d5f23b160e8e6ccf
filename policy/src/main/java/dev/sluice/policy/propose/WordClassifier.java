package dev.sluice.policy.propose;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proposes a tag by name, type and comment of a column. A name that speaks of a person never becomes readable, whatever
 * its type; a name becomes readable only when all of its words are known. Thread-safe.
 */
public final class WordClassifier implements ColumnClassifier {

    private static final Set<String> COMMENT_STOPS = Set.of(
            "of", "for", "from", "in", "by", "as", "the", "a", "der", "des", "die", "das", "de", "du", "la", "le");

    private final WordList words;
    private final PersonTables people;

    private WordClassifier(WordList words, PersonTables people) {
        this.words = words;
        this.people = people;
    }

    /** A classifier with the word list that comes with the product. */
    public static WordClassifier standard() {
        return new WordClassifier(WordList.standard(), PersonTables.standard());
    }

    @Override
    public TagProposal classify(ColumnFacts facts) {
        Optional<DataType> type = facts.column().type();
        if (type.isEmpty()) {
            return TagProposal.unclassified("type " + facts.column().typeName() + " is not known");
        }
        TypeKind kind = type.get().kind();
        List<String> name = NameWords.of(facts.column().name());
        List<WordEntry> personal = words.personal(name);
        if (!personal.isEmpty()) {
            return choose(personal, facts, kind, "column name");
        }
        List<WordEntry> commented = words.personal(subjectOf(facts.column().comment()));
        if (!commented.isEmpty()) {
            return choose(commented, facts, kind, "comment");
        }
        return readable(name, facts, kind);
    }

    private TagProposal readable(List<String> name, ColumnFacts facts, TypeKind kind) {
        List<WordEntry> exact = words.readable(name);
        if (!exact.isEmpty()) {
            return choose(exact, facts, kind, "column name");
        }
        boolean ofPeople = words.speaksOfPeople(name) || people.speaksOfPeople(name);
        List<WordEntry> found = ofPeople ? List.of() : words.readable(words.withoutNeutral(name));
        if (found.isEmpty() && facts.key()) {
            found = words.readable(withoutTable(name, facts.table()));
        }
        return found.isEmpty()
                ? TagProposal.unclassified("the name is not in the word list")
                : choose(found, facts, kind, "column name");
    }

    private static TagProposal choose(List<WordEntry> entries, ColumnFacts facts, TypeKind kind, String evidence) {
        String meaning = entries.get(0).meaning().reason();
        for (WordEntry entry : entries) {
            if (entry.types().contains(kind) && fits(entry, facts)) {
                String reason = entry.meaning().reason() + ", by " + evidence + " and type "
                        + facts.column().typeName();
                return new TagProposal(entry.meaning().tag().orElse(null), reason);
            }
        }
        Optional<WordEntry> misplaced =
                entries.stream().filter(entry -> entry.types().contains(kind)).findFirst();
        String missing = misplaced
                .map(entry -> missing(entry.where()))
                .orElse("the type " + facts.column().typeName() + " does not");
        return TagProposal.unclassified("the " + evidence + " looks like " + meaning + ", but " + missing);
    }

    private static String missing(WordEntry.Where where) {
        return switch (where) {
            case PERSON -> "the table is not one of people";
            case ABOUT -> "no key says about which person a row is";
            case THING -> "the table is one of people";
            case KEY -> "the column is not the key of a thing";
            case ANYWHERE -> "the table does not";
        };
    }

    private static boolean fits(WordEntry entry, ColumnFacts facts) {
        return switch (entry.where()) {
            case PERSON -> facts.people();
            case ABOUT -> facts.people() || facts.subject();
            case THING -> !facts.people();
            case KEY -> facts.key() && !facts.people();
            case ANYWHERE -> true;
        };
    }

    /** A key is often called as its table: {@code order_id} of {@code orders}. */
    private static List<String> withoutTable(List<String> name, String table) {
        Set<String> its = new HashSet<>(NameWords.of(table));
        for (String word : NameWords.of(table)) {
            its.add(word.replaceFirst("ies$", "y"));
            its.add(word.replaceFirst("es$", ""));
            its.add(word.replaceFirst("s$", ""));
        }
        return name.stream().filter(word -> !its.contains(word)).toList();
    }

    /** The words of a comment up to the first that leads to something else: "e-mail address of the buyer". */
    private static List<String> subjectOf(String comment) {
        List<String> all = NameWords.of(comment);
        int end = 0;
        while (end < all.size() && !COMMENT_STOPS.contains(all.get(end))) {
            end++;
        }
        return all.subList(0, end);
    }
}
