package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableFacts;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks one table: existence, kind, rights, primary key, before images and names. */
final class TableCheck {
    private static final Pattern AVRO_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final SourceCatalog catalog;
    private final String role;

    TableCheck(SourceCatalog catalog, String role) {
        this.catalog = catalog;
        this.role = role;
    }

    List<Finding> findings(TableName table) throws SQLException {
        Place place = Place.of("table " + table);
        Optional<TableFacts> found = catalog.table(table);
        if (found.isEmpty()) {
            return List.of(CaptureCheckCode.TABLE_MISSING.fail(
                    place, "The table does not exist.", "Correct source.tables in the pipeline file."));
        }
        TableFacts facts = found.get();
        if (!"r".equals(facts.kind())) {
            return List.of(CaptureCheckCode.TABLE_KIND.fail(
                    place,
                    "This is not an ordinary table; its relkind is " + facts.kind() + ".",
                    "Name its partitions, or the tables that it reads from, in source.tables."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(readable(place, table, facts));
        findings.add(keyed(place, table, facts));
        findings.add(identity(place, table, facts));
        names(place, table, facts).ifPresent(findings::add);
        return findings;
    }

    private Finding readable(Place place, TableName table, TableFacts facts) {
        String reader = TableName.quote(role);
        return facts.readable()
                ? CaptureCheckCode.TABLE_GRANT.ok(place, "The role " + role + " may read the table.")
                : CaptureCheckCode.TABLE_GRANT.fail(
                        place,
                        "The role " + role + " may not read the table.",
                        "GRANT USAGE ON SCHEMA " + TableName.quote(table.schema()) + " TO " + reader
                                + "; GRANT SELECT ON " + table.quoted() + " TO " + reader);
    }

    private static Finding keyed(Place place, TableName table, TableFacts facts) {
        return facts.primaryKey()
                ? CaptureCheckCode.TABLE_KEY.ok(place, "The table has a primary key.")
                : CaptureCheckCode.TABLE_KEY.fail(
                        place,
                        "The table has no primary key, so its updates and deletes belong to no row.",
                        "ALTER TABLE " + table.quoted() + " ADD PRIMARY KEY (...)");
    }

    private static Finding identity(Place place, TableName table, TableFacts facts) {
        CaptureCheckCode code = CaptureCheckCode.REPLICA_IDENTITY;
        String fix = "ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL";
        return switch (facts.identity()) {
            case "f" -> code.ok(place, "The table writes full before images.");
            case "d" -> code.warn(
                    place,
                    "The table writes no full before images, so sluice reads the history table to close versions.",
                    fix);
            case "i" -> code.fail(
                    place,
                    "The table writes only the columns of an index as before image; the columns that are left out"
                            + " look like nulls.",
                    fix);
            default -> code.fail(
                    place,
                    "The table has no replica identity, so the server refuses its updates once it is published.",
                    fix);
        };
    }

    private static Optional<Finding> names(Place place, TableName table, TableFacts facts) {
        List<String> odd = Stream.concat(Stream.of(table.schema(), table.table()), facts.columns().stream())
                .filter(name -> !AVRO_NAME.matcher(name).matches())
                .toList();
        return odd.isEmpty()
                ? Optional.empty()
                : Optional.of(CaptureCheckCode.TABLE_NAMES.fail(
                        place,
                        "The table has names that Avro does not allow: " + odd + ".",
                        "Rename them to letters, digits and underscores, not beginning with a digit."));
    }
}
