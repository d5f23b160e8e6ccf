package dev.sluice.policy.propose;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the description of a proposed table as the catalog file of a policy folder. */
final class TableText {

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
            text.append("about: ").append(YamlScalar.quoted(about)).append('\n');
        }
        table.subject().ifPresent(subject -> subject(text, subject));
        text.append("fields:\n");
        table.fields().forEach(field -> field(text, field));
        return text.toString();
    }

    private static void subject(StringBuilder text, ProposedSubject subject) {
        text.append("# ").append(sentence(subject.reason())).append('\n');
        text.append("subject:\n  kind: ").append(YamlScalar.of(subject.kind())).append('\n');
        text.append("  key: ").append(list(subject.key())).append('\n');
    }

    private static void field(StringBuilder text, ProposedField field) {
        List<String> tags = field.proposal().tag().stream().toList();
        text.append("  ").append(YamlScalar.of(field.name())).append(":\n");
        text.append("    tags: ").append(list(tags)).append(" # ");
        text.append(tags.isEmpty() ? "hidden: " : "")
                .append(oneLine(field.proposal().reason()))
                .append('\n');
        field.reference().ifPresent(link -> text.append("    references:\n      table: ")
                .append(YamlScalar.of(link.table().toString()))
                .append("\n      field: ")
                .append(YamlScalar.of(link.field()))
                .append('\n'));
    }

    private static String list(List<String> texts) {
        return texts.stream().map(YamlScalar::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String sentence(String reason) {
        String line = oneLine(reason);
        return Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
    }

    /** A text without line ends and other characters that a comment or a quoted text cannot hold, and not too long. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}\\p{Cs}\\uFEFF]+", " ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, cut(line))) + " ...";
    }

    private static int cut(String line) {
        return Math.min(LONGEST, line.codePointCount(0, line.length()));
    }
}
