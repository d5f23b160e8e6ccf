package dev.sluice.deploy.key;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads and writes the short form of a key: parts with commas between them. The form takes no part that is empty, and
 * only characters that a shell leaves alone, so that a key in this form needs no quotes. The equals sign is kept free
 * for parts with names.
 */
final class ShortForm {

    private static final String PUNCTUATION = "._-+/:@";
    private static final int ASCII = 0x80;

    /** How a file, standard input and an option begin; a negative number does not. */
    private static final Pattern OTHER = Pattern.compile("@|-(?![0-9])");

    private ShortForm() {}

    /** The parts of a key in this form. */
    static List<String> read(String text, String place) {
        if (OTHER.matcher(text).lookingAt()) {
            throw KeyErrors.notShort(place, 1);
        }
        int at = 1;
        for (int character : text.codePoints().toArray()) {
            if (character != ',' && !takes(character)) {
                throw KeyErrors.notShort(place, at);
            }
            at++;
        }
        List<String> parts = List.of(text.split(",", -1));
        if (parts.contains("")) {
            throw KeyErrors.emptyPart(place);
        }
        return parts;
    }

    /** Whether a key of these parts has a short form. */
    static boolean takes(List<String> parts) {
        return !OTHER.matcher(write(parts)).lookingAt()
                && parts.stream()
                        .allMatch(part -> !part.isEmpty() && part.codePoints().allMatch(ShortForm::takes));
    }

    /** Whether a part may have the character. */
    static boolean takes(int character) {
        return character < ASCII
                ? Character.isLetterOrDigit(character) || PUNCTUATION.indexOf(character) >= 0
                : !Unicode.isHidden(character);
    }

    static String write(List<String> parts) {
        return String.join(",", parts);
    }
}
