package dev.sluice.deploy.key;

/** Answers questions about the characters of a key. */
final class Unicode {

    private static final int REPLACEMENT = 0xFFFD;

    private Unicode() {}

    /** Whether the text has no half of a surrogate pair. */
    static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** Whether the text has the character that stands for bytes which could not be read. */
    static boolean hasReplacement(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    /**
     * Whether a reader can miss the character or take it for another: controls, format characters, blanks and line
     * ends other than the space, and the replacement character.
     */
    static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> character == REPLACEMENT;
        };
    }
}
