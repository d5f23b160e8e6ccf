package dev.sluice.policy.propose;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the description of a proposed table as the catalog file of a policy folder. */
final class TableText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Set<String> NOT_PLAIN = Set.of("yes", "no", "on", "off", "y", "n", "true", "false", "null");
    private static final int LONGEST = 160;

    private static final String HEADER =
            """
            # Proposed by sluice init from names, types, keys and comments; no row was read.
            # Next: read each tag and its reason, correct what is wrong, and give every field without tags a word of
            # taxonomy/data.yaml. A field without tags stays hidden. Then run: sluice policy check --dir policy
            """;

    private TableText() {}

    /** The file of that table. */
    static String of(ProposedTable table) {
        StringBuilder text = new StringBuilder(HEADER);
        text.append("owner: unassigned # name the team that answers for this table\n");
        String about = oneLine(table.comment());
        if (!about.isBlank()) {
            text.append("about: ").append(quoted(about)).append('\n');
        }
        table.subject().ifPresent(subject -> subject(text, subject));
        text.append("fields:\n");
        table.fields().forEach(field -> field(text, field));
        return text.toString();
    }

    private static void subject(StringBuilder text, ProposedSubject subject) {
        text.append("# ").append(sentence(subject.reason())).append('\n');
        text.append("subject:\n  kind: ").append(scalar(subject.kind())).append('\n');
        text.append("  key: ").append(list(subject.key())).append('\n');
    }

    private static void field(StringBuilder text, ProposedField field) {
        List<String> tags = field.proposal().tag().stream().toList();
        text.append("  ").append(scalar(field.name())).append(":\n");
        text.append("    tags: ").append(list(tags)).append(" # ");
        text.append(tags.isEmpty() ? "hidden: " : "").append(oneLine(field.proposal().reason())).append('\n');
        field.reference().ifPresent(link -> text.append("    references:\n      table: ")
                .append(scalar(link.table().toString()))
                .append("\n      field: ")
                .append(scalar(link.field()))
                .append('\n'));
    }

    private static String list(List<String> texts) {
        return texts.stream().map(TableText::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A text that every reader of YAML takes for text. */
    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NOT_PLAIN.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String sentence(String reason) {
        String line = oneLine(reason);
        return Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
    }

    /** A text without line ends and other characters that a comment or a quoted text cannot hold, and not too long. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}\\p{Cs}\\uFEFF]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, cut(line))) + " ...";
    }

    private static int cut(String line) {
        return Math.min(LONGEST, line.codePointCount(0, line.length()));
    }
}
