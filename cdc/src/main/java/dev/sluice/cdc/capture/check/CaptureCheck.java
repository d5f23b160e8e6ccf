package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.postgres.UnlabeledType;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks everything that a capture needs from its source, and names the statement that mends each fault. */
public final class CaptureCheck {

    private CaptureCheck() {}

    /**
     * Checks the source; a fault of the source is a finding, never an exception. In order: connection, server and
     * role, slot, publication, tables, types. Opens one connection and closes it; runs only queries.
     */
    public static List<Finding> run(CaptureConfig config) {
        try (Connection connection = config.source().database().connect()) {
            return run(config, connection);
        } catch (SQLException e) {
            return List.of(refused(Place.of(config.source().database().address()), e));
        }
    }

    /** The same by that connection to the source, which stays open. */
    public static List<Finding> run(CaptureConfig config, Connection connection) throws SQLException {
        Place server = Place.of(config.source().database().address());
        List<Finding> findings = new ArrayList<>(check(config, server, new SourceCatalog(connection)));
        findings.addAll(types(server, connection));
        return List.copyOf(findings);
    }

    private static List<Finding> check(CaptureConfig asked, Place server, SourceCatalog catalog) throws SQLException {
        CaptureConfig config = asked.expanded(catalog);
        List<Finding> findings = new ArrayList<>();
        findings.add(CaptureCheckCode.CONNECTION.ok(server, "The server answers."));
        Optional<SlotFacts> slot = catalog.slot(config.replication().slot());
        findings.addAll(new ServerCheck(catalog, server).findings(slot.isPresent()));
        SlotCheck slotCheck = new SlotCheck(config, catalog);
        findings.addAll(slotCheck.slot(slot));
        findings.add(slotCheck.publication());
        String publication = config.replication().publication();
        TableCheck tables = new TableCheck(
                catalog,
                catalog.role().name(),
                publication,
                catalog.generatedColumns(publication),
                config.source().selection());
        for (TableName table : config.source().tables()) {
            findings.addAll(tables.findings(table));
        }
        findings.addAll(patterns(config, catalog));
        findings.addAll(topics(config));
        return List.copyOf(findings);
    }

    /** Of two tables whose topics a broker takes for one, only the first can be captured. */
    private static List<Finding> topics(CaptureConfig config) {
        List<TableName> fit = TableSelection.withTopics(config.source().tables(), Set.of());
        return config.source().tables().stream()
                .filter(table -> table.fitsTopic() && !fit.contains(table))
                .map(table -> CaptureCheckCode.TABLE_NAMES.fail(
                        Place.of(table.toString()),
                        "The table and another one would have topics whose names differ in points and underscores"
                                + " only, and a broker takes these for one.",
                        "Rename the table or its schema, or leave one of the two out of source.tables."))
                .toList();
    }

    /** A pattern or an exclusion that matches nothing is perhaps misspelt. */
    private static List<Finding> patterns(CaptureConfig config, SourceCatalog catalog) throws SQLException {
        TableSelection selection = config.source().selection();
        if (!selection.hasPatterns()) {
            return List.of();
        }
        String fix =
                "Correct the entry in source.tables, or take it out. Patterns match tables by their exact spelling,"
                        + " and no views, foreign tables, temporary tables, partitions or tables of extensions.";
        CaptureCheckCode code = CaptureCheckCode.TABLE_PATTERN;
        if (config.source().tables().isEmpty()) {
            Place first = Place.of(selection.entries().get(0).toString());
            return List.of(code.fail(first, "The patterns and exclusions leave no table of the source.", fix));
        }
        return selection.idle(catalog.tables()).stream()
                .map(idle -> code.warn(Place.of(idle.toString()), "The entry matches no table of the source.", fix))
                .toList();
    }

    private static List<Finding> types(Place server, Connection connection) throws SQLException {
        List<Finding> faults = UnlabeledType.all(connection).stream()
                .map(type -> CaptureCheckCode.TYPES.fail(server, type.fault(), type.fix()))
                .toList();
        return faults.isEmpty()
                ? List.of(CaptureCheckCode.TYPES.ok(server, "The engine can read every type of the database."))
                : faults;
    }

    private static Finding refused(Place server, SQLException failure) {
        Optional<String> unproven = DatabaseTls.refusal(failure);
        if (unproven.isPresent()) {
            return CaptureCheckCode.CONNECTION.fail(
                    server,
                    "The server did not prove its identity: " + unproven.get() + ".",
                    "Correct source.url, or name the certificate of its authority in source.tls.root-certificate.");
        }
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String what = "The server does not let sluice connect (SQLSTATE " + state + ").";
        if (state.startsWith("28")) {
            return CaptureCheckCode.CONNECTION.fail(server, what, "Correct the role or its password, or pg_hba.conf.");
        }
        if (state.startsWith("3D")) {
            return CaptureCheckCode.CONNECTION.fail(server, what, "Correct the database name.");
        }
        return CaptureCheckCode.CONNECTION.fail(server, what, "Start the server, or correct host and port.");
    }
}
