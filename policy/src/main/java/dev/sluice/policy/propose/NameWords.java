package dev.sluice.policy.propose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Splits a name of a database into its words. */
final class NameWords {

    private static final Pattern BORDER = Pattern.compile(
            "[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})"
                    + "|(?<=\\p{N})(?=\\p{L})");
    private static final Pattern NUMBER = Pattern.compile("\\p{N}+");

    private NameWords() {}

    /** The words in lower case, numbers left out: {@code homeAddress2} is {@code home}, {@code address}. */
    static List<String> of(String name) {
        List<String> words = new ArrayList<>();
        for (String part : BORDER.split(name, -1)) {
            if (!part.isEmpty() && !NUMBER.matcher(part).matches()) {
                words.add(part.toLowerCase(Locale.ROOT));
            }
        }
        return List.copyOf(words);
    }
}
