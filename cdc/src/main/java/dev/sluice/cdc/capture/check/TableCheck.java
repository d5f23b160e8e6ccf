package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableFacts;
import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One table: there, readable, keyed, with full before images, with names that can be written. */
final class TableCheck {
    private static final Pattern AVRO_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final SourceCatalog catalog;
    private final String role;

    TableCheck(SourceCatalog catalog, String role) {
        this.catalog = catalog;
        this.role = role;
    }

    List<Finding> findings(TableName table) throws SQLException {
        Optional<TableFacts> found = catalog.table(table);
        if (found.isEmpty()) {
            return List.of(Finding.fail("TABLE_MISSING", table + " does not exist", "correct source.tables"));
        }
        TableFacts facts = found.get();
        if (!"r".equals(facts.kind())) {
            return List.of(Finding.fail(
                    "TABLE_KIND",
                    table + " is not an ordinary table (relkind " + facts.kind() + ")",
                    "name its partitions, or the table beneath"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(readable(table, facts));
        findings.add(keyed(table, facts));
        findings.add(identity(table, facts));
        names(table, facts).ifPresent(findings::add);
        return findings;
    }

    private Finding readable(TableName table, TableFacts facts) {
        return facts.readable()
                ? Finding.ok("TABLE_GRANT", table + " can be read")
                : Finding.fail(
                        "TABLE_GRANT",
                        table + " cannot be read by role " + role,
                        "GRANT USAGE ON SCHEMA " + TableName.quote(table.schema()) + " TO " + TableName.quote(role)
                                + "; GRANT SELECT ON " + table.quoted() + " TO " + TableName.quote(role));
    }

    private static Finding keyed(TableName table, TableFacts facts) {
        return facts.primaryKey()
                ? Finding.ok("TABLE_KEY", table + " has a primary key")
                : Finding.fail(
                        "TABLE_KEY",
                        table + " has no primary key; its updates and deletes belong to no row",
                        "ALTER TABLE " + table.quoted() + " ADD PRIMARY KEY (...)");
    }

    private static Finding identity(TableName table, TableFacts facts) {
        String code = "REPLICA_IDENTITY";
        String fix = "ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL";
        return switch (facts.identity()) {
            case "f" -> Finding.ok(code, table + " writes full before images");
            case "d" -> Finding.warn(
                    code,
                    table + " writes no full before images; versions are closed by reading the history table",
                    fix);
            case "i" -> Finding.fail(
                    code,
                    table + " writes before images of an index; what they leave out cannot be told from nulls",
                    fix);
            default -> Finding.fail(
                    code,
                    table + " has no replica identity; the server refuses updates of it once it is published",
                    fix);
        };
    }

    private static Optional<Finding> names(TableName table, TableFacts facts) {
        List<String> odd = Stream.concat(Stream.of(table.schema(), table.table()), facts.columns().stream())
                .filter(name -> !AVRO_NAME.matcher(name).matches())
                .toList();
        return odd.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.fail(
                        "TABLE_NAMES",
                        table + " has names that Avro does not allow: " + odd,
                        "rename them: letters, digits and underscores, not beginning with a digit"));
    }
}
