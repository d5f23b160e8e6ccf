package dev.sluice.deploy.key;

/**
 * Names a person by the kind that the policy's catalog gives and by the key that the source gives; written {@code
 * KIND:KEY}, for example {@code customer:7}. {@code toString} shows the kind only.
 *
 * @param kind kind of person: letters, digits, inner blanks and {@code . _ - + / @}, no colon
 * @param key values of the naming fields
 */
public record PersonText(String kind, KeyText key) {

    private static final char BETWEEN = ':';

    public PersonText {
        if (!isKind(kind)) {
            throw new IllegalArgumentException("a kind of person has a character that it cannot have");
        }
    }

    /**
     * Reads {@code KIND:KEY}, the key in either form.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-426} when the text is not of that form, {@code DEP-420} to
     *     {@code DEP-425} when what follows the colon is not a key
     */
    public static PersonText parse(String text) {
        return parse(text, "The person");
    }

    /** Reads {@code KIND:KEY}; {@code place} says in the message where the text stands. */
    static PersonText parse(String text, String place) {
        int colon = text.indexOf(BETWEEN);
        if (colon < 0 || colon == text.length() - 1 || !isKind(text.substring(0, colon))) {
            throw KeyErrors.notAPerson(place);
        }
        return new PersonText(text.substring(0, colon), KeyText.parse(text.substring(colon + 1), place));
    }

    /** The form to show to people and to type again. */
    public String written() {
        return kind + BETWEEN + key.written();
    }

    private static boolean isKind(String kind) {
        return !kind.isEmpty()
                && Unicode.isWhole(kind)
                && !kind.startsWith("@")
                && kind.equals(kind.strip())
                && kind.codePoints().allMatch(c -> c == ' ' || (c != BETWEEN && ShortForm.takes(c)));
    }

    @Override
    public String toString() {
        return "PersonText[" + kind + "]";
    }
}
