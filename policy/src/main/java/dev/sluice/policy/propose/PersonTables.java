package dev.sluice.policy.propose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows tables of people by their names, from {@code persons.csv} beside this class. Thread-safe. */
final class PersonTables {

    private final List<String> kinds = new ArrayList<>();
    private final Map<String, String> kindByWord = new HashMap<>();

    private PersonTables() {}

    /** The words that come with the product. */
    static PersonTables standard() {
        PersonTables tables = new PersonTables();
        for (String line : WordList.lines("persons.csv")) {
            String[] cells = line.split(",", -1);
            tables.kinds.add(cells[0]);
            for (String word : cells[1].split(" ", -1)) {
                tables.kindByWord.put(word, cells[0]);
            }
        }
        return tables;
    }

    /** The kind of the people that rows of a table of that name are; empty when the name does not end with people. */
    Optional<String> kind(String table) {
        List<String> words = NameWords.of(table);
        return words.isEmpty() ? Optional.empty() : Optional.ofNullable(kindByWord.get(words.get(words.size() - 1)));
    }

    /** Whether one of the words is a word for people. */
    boolean speaksOfPeople(List<String> words) {
        return words.stream().anyMatch(kindByWord::containsKey);
    }

    /** Place of the kind in the order in which kinds are proposed. */
    int rank(String kind) {
        return kinds.indexOf(kind);
    }
}
