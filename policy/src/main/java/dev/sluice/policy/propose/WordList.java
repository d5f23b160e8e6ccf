package dev.sluice.policy.propose;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What column names say, read from {@code words.csv} and {@code neutral.txt} beside this class. Thread-safe. */
final class WordList {

    private final Map<String, List<WordEntry>> personal = new HashMap<>();
    private final Map<String, List<WordEntry>> readable = new HashMap<>();
    private final Set<String> before = new HashSet<>();
    private final Set<String> after = new HashSet<>();

    private WordList() {}

    /** The list that comes with the product. */
    static WordList standard() {
        WordList list = new WordList();
        for (String line : lines("words.csv")) {
            WordEntry entry = WordEntry.parse(line);
            Map<String, List<WordEntry>> to = entry.readable() ? list.readable : list.personal;
            to.computeIfAbsent(entry.words(), words -> new ArrayList<>()).add(entry);
        }
        for (String line : lines("neutral.txt")) {
            Set<String> to = line.startsWith("before:") ? list.before : list.after;
            to.addAll(List.of(line.substring(line.indexOf(':') + 1).strip().split(" ", -1)));
        }
        return list;
    }

    /** Lines of a file beside this class, without comments and empty lines. */
    static List<String> lines(String name) {
        return text(name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** A file beside this class. */
    static String text(String name) {
        try (InputStream in = WordList.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " is missing in this program", e);
        }
    }

    /**
     * The entries about people for the longest end of the name that has some; empty when no end has. The types do not
     * count here: a name that speaks of a person does so with every type.
     */
    List<WordEntry> personal(List<String> name) {
        List<String> words = withoutQualifiers(name);
        for (int from = 0; from < words.size(); from++) {
            boolean all = from == 0;
            List<WordEntry> found =
                    personal.getOrDefault(String.join("", words.subList(from, words.size())), List.of()).stream()
                            .filter(entry -> all || !entry.whole())
                            .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Whether one of the words alone speaks of a person. */
    boolean speaksOfPeople(List<String> name) {
        return name.stream().anyMatch(personal::containsKey);
    }

    /** The entries about things for exactly that name. */
    List<WordEntry> readable(List<String> name) {
        return readable.getOrDefault(String.join("", name), List.of());
    }

    /** The name without words that may stand in it without a change of its meaning. */
    List<String> withoutNeutral(List<String> name) {
        return name.stream().filter(word -> !before.contains(word)).toList();
    }

    private List<String> withoutQualifiers(List<String> name) {
        int end = name.size();
        while (end > 1 && after.contains(name.get(end - 1))) {
            end--;
        }
        return name.subList(0, end);
    }
}
