package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything that a capture needs from its source and says what to run where something is missing. */
public final class CaptureCheck {

    private CaptureCheck() {}

    /**
     * Looks at the source; never throws for what it finds. In order: connection, server and role, slot, publication,
     * tables. Opens one connection and closes it; runs only queries.
     */
    public static List<Finding> run(CaptureConfig config) {
        try (Connection connection = config.source().database().connect()) {
            return look(config, new SourceCatalog(connection));
        } catch (SQLException e) {
            return List.of(refused(config, e));
        }
    }

    private static List<Finding> look(CaptureConfig config, SourceCatalog catalog) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                "CONNECTION", "connected to " + config.source().database().address()));
        Optional<SlotFacts> slot = catalog.slot(config.replication().slot());
        findings.addAll(new ServerCheck(catalog).findings(slot.isPresent()));
        SlotCheck slotCheck = new SlotCheck(config, catalog);
        findings.addAll(slotCheck.slot(slot));
        findings.add(slotCheck.publication());
        TableCheck tables = new TableCheck(catalog, catalog.role().name());
        for (TableName table : config.source().tables()) {
            findings.addAll(tables.findings(table));
        }
        return List.copyOf(findings);
    }

    private static Finding refused(CaptureConfig config, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String what = "no answer from " + config.source().database().address() + " (SQLSTATE " + state + ")";
        if (state.startsWith("28")) {
            return Finding.fail("CONNECTION", what, "correct the role or its password, or pg_hba.conf");
        }
        if (state.startsWith("3D")) {
            return Finding.fail("CONNECTION", what, "correct the database name");
        }
        return Finding.fail("CONNECTION", what, "start the server, or correct host and port");
    }
}
