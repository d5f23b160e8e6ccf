package dev.sluice.deploy.key;

import dev.sluice.masking.treat.Canonical;
import java.util.List;

/**
 * Holds the key of a row as the texts of its parts, and reads and writes the key. The short form, {@code 7} or {@code
 * 7,9}, takes everyday keys; the JSON form, {@code ["a,b",""]}, takes every key. {@code toString} shows no value.
 *
 * @param parts canonical texts of the parts in the order of the key: at least one, none with half a surrogate pair
 */
public record KeyText(List<String> parts) {

    public KeyText {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one part");
        }
        if (!parts.stream().allMatch(Unicode::isWhole)) {
            throw new IllegalArgumentException("a part of a key has half a surrogate pair");
        }
    }

    /**
     * Reads either form.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-420} to {@code DEP-425} when the text is not a key
     */
    public static KeyText parse(String text) {
        return parse(text, "The key");
    }

    /** Reads either form; {@code place} says in the message where the text stands. */
    static KeyText parse(String text, String place) {
        if (!Unicode.isWhole(text)) {
            throw KeyErrors.notUnicode(place);
        }
        if (text.isBlank()) {
            throw KeyErrors.noKey(place);
        }
        return new KeyText(JsonForm.begins(text) ? JsonForm.read(text, place) : ShortForm.read(text, place));
    }

    /** The canonical form, which the governed tables hold in the column {@code _key}: a JSON array of texts. */
    public String canonical() {
        return Canonical.array(parts);
    }

    /**
     * The form to show to people and to type again: the short form where it takes the key, otherwise the JSON form in
     * which characters that cannot be seen are escaped. One line; {@link #parse} gives the same key.
     */
    public String written() {
        return ShortForm.takes(parts) ? ShortForm.write(parts) : JsonForm.escapeHidden(canonical());
    }

    @Override
    public String toString() {
        return "KeyText[" + parts.size() + (parts.size() == 1 ? " part]" : " parts]");
    }
}
