package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.capture.postgres.GeneratedColumns;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableFacts;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.RowKeyErrors;
import dev.sluice.cdc.capture.table.TableObstacle;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks one table: existence, kind, rights, primary key, before images, rows, generated columns and names. */
final class TableCheck {
    private static final Pattern PART_OF_TOPIC = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final SourceCatalog catalog;
    private final String role;
    private final String publication;
    private final GeneratedColumns log;
    private final TableSelection selection;

    /**
     * A check for that role.
     *
     * @param publication the publication of capture, which may not exist yet
     * @param log the generated columns that the publication has
     * @param selection names the keys of tables
     */
    TableCheck(SourceCatalog catalog, String role, String publication, GeneratedColumns log, TableSelection selection) {
        this.catalog = catalog;
        this.role = role;
        this.publication = publication;
        this.log = log;
        this.selection = selection;
    }

    List<Finding> findings(TableName table) throws SQLException {
        Place place = Place.of("table " + table);
        Optional<TableFacts> found = catalog.table(table);
        if (found.isEmpty()) {
            return List.of(CaptureCheckCode.TABLE_MISSING.fail(
                    place, "The table does not exist.", "Correct source.tables in the pipeline file."));
        }
        TableFacts facts = found.get();
        List<TableObstacle> obstacles = TableObstacle.of(facts, log, selection.key(table));
        if (obstacles.contains(TableObstacle.NOT_ORDINARY)) {
            return List.of(CaptureCheckCode.TABLE_KIND.fail(
                    place,
                    "This is not an ordinary table; its relkind is " + facts.kind() + ".",
                    "Name its partitions, or the tables that it reads from, in source.tables."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(readable(place, table, facts));
        findings.add(keyed(place, table, facts, obstacles));
        findings.add(identity(place, table, facts, obstacles));
        rows(place, table, obstacles).forEach(findings::add);
        generated(place, facts).ifPresent(findings::add);
        names(place, table, facts).ifPresent(findings::add);
        return findings;
    }

    private Finding readable(Place place, TableName table, TableFacts facts) {
        String reader = TableName.quote(role);
        return facts.rows().readable()
                ? CaptureCheckCode.TABLE_GRANT.ok(place, "The role " + role + " may read the table.")
                : CaptureCheckCode.TABLE_GRANT.fail(
                        place,
                        "The role " + role + " may not read the table.",
                        "GRANT USAGE ON SCHEMA " + TableName.quote(table.schema()) + " TO " + reader
                                + "; GRANT SELECT ON " + table.quoted() + " TO " + reader);
    }

    private Finding keyed(Place place, TableName table, TableFacts facts, List<TableObstacle> obstacles) {
        CaptureCheckCode code = CaptureCheckCode.TABLE_KEY;
        List<String> named = selection.key(table);
        if (obstacles.contains(TableObstacle.KEYLESS)) {
            return code.fail(
                    place,
                    "The table has no primary key, so its updates and deletes belong to no row.",
                    RowKeyErrors.choices(table, facts, named));
        }
        if (obstacles.contains(TableObstacle.KEY_UNFIT)) {
            return code.fail(
                    place,
                    "The columns " + named + " that source.keys names do not tell the rows apart.",
                    RowKeyErrors.faults(table, facts, named));
        }
        if (obstacles.contains(TableObstacle.KEY_DEFERRABLE)) {
            return code.fail(
                    place,
                    "The primary key is deferrable, so it is no replica identity: once the table is published, the"
                            + " server refuses updates and deletes of the application.",
                    "Make the primary key again without DEFERRABLE, or leave the table out of source.tables.");
        }
        List<String> told = facts.toldKey(named);
        return code.ok(
                place, told.isEmpty() ? "The table has a primary key." : "The key of the table is " + told + ".");
    }

    private Finding identity(Place place, TableName table, TableFacts facts, List<TableObstacle> obstacles) {
        CaptureCheckCode code = CaptureCheckCode.REPLICA_IDENTITY;
        List<String> missing = facts.identityMissingIn(log, selection.key(table));
        if (!missing.isEmpty()) {
            return code.fail(
                    place,
                    "The replica identity has generated columns that are not published: " + missing
                            + ". The server refuses updates and deletes of the application.",
                    mayPublish(facts, missing)
                            ? "ALTER PUBLICATION " + TableName.quote(publication)
                                    + " SET (publish_generated_columns = stored)"
                            : "ALTER TABLE " + table.quoted() + " REPLICA IDENTITY DEFAULT");
        }
        String fix = "ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL";
        if (obstacles.contains(TableObstacle.IDENTITY_OTHER)) {
            return code.fail(
                    place,
                    "The table writes only the columns " + facts.imageOfOld() + " as before image, which are not its"
                            + " key; the columns that are left out look like nulls.",
                    fix);
        }
        if (obstacles.contains(TableObstacle.IDENTITY_NOTHING)) {
            return code.fail(
                    place,
                    "The table has no replica identity, so the server refuses its updates once it is published.",
                    fix);
        }
        return facts.identity().equals("f")
                ? code.ok(place, "The table writes full before images.")
                : imageOfKey(place, table, facts, fix);
    }

    /** A change holds the key of the row before it and nothing else. */
    private Finding imageOfKey(Place place, TableName table, TableFacts facts, String fix) {
        CaptureCheckCode code = CaptureCheckCode.REPLICA_IDENTITY;
        if (selection.key(table).isEmpty() && !facts.toldKey(List.of()).isEmpty()) {
            return code.ok(
                    place,
                    "The table writes no full before images, and must not, because the index that is its replica"
                            + " identity is its key. sluice reads the history table to close versions.");
        }
        return log != GeneratedColumns.NEVER && !facts.missingIn(log).isEmpty()
                ? code.ok(
                        place,
                        "The table writes no full before images, and must not, because its generated columns are"
                                + " not published. sluice reads the history table to close versions.")
                : code.warn(
                        place,
                        "The table writes no full before images, so sluice reads the history table to close versions.",
                        fix);
    }

    private boolean mayPublish(TableFacts facts, List<String> missing) {
        return log == GeneratedColumns.NONE
                && facts.missingIn(GeneratedColumns.STORED).stream().noneMatch(missing::contains);
    }

    private List<Finding> rows(Place place, TableName table, List<TableObstacle> obstacles) {
        List<Finding> findings = new ArrayList<>();
        if (obstacles.contains(TableObstacle.UNLOGGED)) {
            findings.add(CaptureCheckCode.TABLE_KIND.fail(
                    place,
                    "The table is unlogged or temporary, so its changes are not in the log.",
                    "ALTER TABLE " + table.quoted() + " SET LOGGED"));
        }
        if (obstacles.contains(TableObstacle.INHERITED)) {
            findings.add(CaptureCheckCode.TABLE_INHERITED.fail(
                    place,
                    "Other tables inherit from the table; a snapshot would read their rows, and their changes never"
                            + " come under this name.",
                    "Name the tables that inherit in source.tables instead."));
        }
        if (obstacles.contains(TableObstacle.ROWS_HIDDEN)) {
            findings.add(CaptureCheckCode.TABLE_ROWS.fail(
                    place,
                    "Row-level security hides rows from the role " + role + ", so the snapshot would miss rows.",
                    "ALTER ROLE " + TableName.quote(role) + " BYPASSRLS"));
        }
        return findings;
    }

    private Optional<Finding> generated(Place place, TableFacts facts) {
        List<String> missing = facts.missingIn(log);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(CaptureCheckCode.TABLE_GENERATED.note(
                        place,
                        "The log does not hold the generated columns " + missing + ", so capture leaves them out."));
    }

    /** The names of schema and table become a part of the topic; columns may have any name but must be told apart. */
    private static Optional<Finding> names(Place place, TableName table, TableFacts facts) {
        List<String> odd = Stream.concat(
                        Stream.of(table.schema(), table.table())
                                .filter(name -> !PART_OF_TOPIC.matcher(name).matches()),
                        Stream.concat(facts.alike().stream(), facts.inQuotes().stream()))
                .toList();
        return odd.isEmpty()
                ? Optional.empty()
                : Optional.of(CaptureCheckCode.TABLE_NAMES.fail(
                        place,
                        "The table has names that capture cannot carry: " + odd + ".",
                        "Rename the schema or the table to letters, digits and underscores; give columns names"
                                + " that differ in more than upper and lower case and stand in no quotation marks."));
    }
}
