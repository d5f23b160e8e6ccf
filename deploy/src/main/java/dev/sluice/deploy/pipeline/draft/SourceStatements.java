package dev.sluice.deploy.pipeline.draft;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the SQL out of findings about a source, so that all of it can be copied at once. */
final class SourceStatements {

    private static final Pattern SQL = Pattern.compile("(?s)((?:ALTER|CREATE|DROP|GRANT|SELECT)\\s.*?)(\\s*--.*)?");

    private SourceStatements() {}

    /** Statements and comments, one a line: first those without which nothing works. */
    static List<String> of(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        section("-- Needed:", findings, Level.FAIL, lines);
        section("-- Advised:", findings, Level.WARN, lines);
        return List.copyOf(lines);
    }

    /** Whether the fix of the finding is SQL. */
    static boolean isSql(Finding finding) {
        return SQL.matcher(finding.fix()).matches();
    }

    private static void section(String title, List<Finding> findings, Level level, List<String> lines) {
        Set<String> statements = new LinkedHashSet<>();
        for (Finding finding : findings) {
            Matcher sql = SQL.matcher(finding.fix());
            if (finding.level() == level && sql.matches()) {
                String comment = sql.group(2) == null ? "" : " " + sql.group(2).strip();
                statements.add(sql.group(1) + ";" + comment);
            }
        }
        if (!statements.isEmpty()) {
            lines.add(title);
            lines.addAll(statements);
        }
    }
}
