package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one table, or tables by a pattern, as an entry of {@code source.tables} does: {@code schema.table}. In a name
 * without quotation marks {@code *} stands for any characters, also for none, and {@code ?} for one character. In a
 * name in quotation marks every character is itself, and a mark within is doubled, as in SQL. An entry that begins
 * with {@code !} excludes.
 *
 * @param excludes whether the entry takes tables out of patterns
 * @param schema the schema
 * @param table the table
 */
public record TableEntry(boolean excludes, NamePart schema, NamePart table) {

    /** A name that is quoted whole, or one without marks at its ends. */
    private static final String PART = "(\"(?:[^\".\\p{Cntrl}]|\"\")+\"|[^\".\\p{Cntrl}][^.\\p{Cntrl}]*)";

    private static final Pattern ENTRY = Pattern.compile("(!?)" + PART + "\\." + PART);

    /**
     * The name of a schema or of a table, or a pattern for such names.
     *
     * @param text the name, or the pattern
     * @param pattern whether the text is a pattern
     */
    public record NamePart(String text, boolean pattern) {

        private static NamePart of(String written) {
            if (written.startsWith("\"")) {
                return new NamePart(written.substring(1, written.length() - 1).replace("\"\"", "\""), false);
            }
            return new NamePart(written, isWild(written));
        }

        private static boolean isWild(String text) {
            return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
        }

        /** Whether this is that name, or matches it. */
        boolean matches(String name) {
            return pattern
                    ? matches(text.codePoints().toArray(), name.codePoints().toArray())
                    : text.equals(name);
        }

        /** Follows all ways through the pattern at once, so no pattern takes long. */
        private static boolean matches(int[] pattern, int[] name) {
            boolean[] reached = new boolean[name.length + 1];
            reached[0] = true;
            for (int character : pattern) {
                reached = character == '*' ? afterStar(reached) : after(character, reached, name);
            }
            return reached[name.length];
        }

        private static boolean[] afterStar(boolean[] before) {
            boolean[] after = before.clone();
            for (int i = 1; i < after.length; i++) {
                after[i] |= after[i - 1];
            }
            return after;
        }

        private static boolean[] after(int character, boolean[] before, int[] name) {
            boolean[] after = new boolean[before.length];
            for (int i = 0; i < name.length; i++) {
                after[i + 1] = before[i] && (character == '?' || character == name[i]);
            }
            return after;
        }

        @Override
        public String toString() {
            boolean quoted = !pattern && (isWild(text) || text.startsWith("!") || text.startsWith("\""));
            return quoted ? TableName.quote(text) : text;
        }
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static TableEntry parse(String text) {
        Matcher entry = ENTRY.matcher(text);
        if (!entry.matches()) {
            throw new IllegalArgumentException("An entry is written as schema.table, not as " + text + ".");
        }
        return new TableEntry(!entry.group(1).isEmpty(), NamePart.of(entry.group(2)), NamePart.of(entry.group(3)));
    }

    /** That table and no other. */
    static TableEntry exactly(TableName table) {
        return new TableEntry(false, new NamePart(table.schema(), false), new NamePart(table.table(), false));
    }

    /** Whether the entry is a pattern, also one that excludes. */
    public boolean isPattern() {
        return schema.pattern() || table.pattern();
    }

    /** The table that the entry names exactly. */
    public TableName name() {
        return new TableName(schema.text(), table.text());
    }

    /** Whether the entry is about that table. */
    public boolean matches(TableName name) {
        return schema.matches(name.schema()) && table.matches(name.table());
    }

    /** The entry as it is written. */
    @Override
    public String toString() {
        return (excludes ? "!" : "") + schema + "." + table;
    }
}
