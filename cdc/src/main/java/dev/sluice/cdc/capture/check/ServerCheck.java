package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.capture.postgres.RoleFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.sql.SQLException;
import java.util.List;

/** Checks the settings of the server and the rights of the role. */
final class ServerCheck {
    private static final int OLDEST = 140_000;
    private static final String RESTART = " -- then restart the server";

    private final SourceCatalog catalog;
    private final Place server;

    ServerCheck(SourceCatalog catalog, Place server) {
        this.catalog = catalog;
        this.server = server;
    }

    List<Finding> findings(boolean slotExists) throws SQLException {
        return List.of(version(), walLevel(), slots(slotExists), senders(), role());
    }

    private Finding version() throws SQLException {
        int version = Integer.parseInt(catalog.setting("server_version_num"));
        String name = "The server is PostgreSQL " + catalog.setting("server_version");
        return version >= OLDEST
                ? CaptureCheckCode.SERVER_VERSION.ok(server, name + ".")
                : CaptureCheckCode.SERVER_VERSION.fail(
                        server,
                        name + ", which is too old to send heartbeat messages.",
                        "Upgrade the server to PostgreSQL 14 or newer.");
    }

    private Finding walLevel() throws SQLException {
        String level = catalog.setting("wal_level");
        return "logical".equals(level)
                ? CaptureCheckCode.WAL_LEVEL.ok(server, "The setting wal_level is logical.")
                : CaptureCheckCode.WAL_LEVEL.fail(
                        server,
                        "The setting wal_level is " + level + ", so the log does not hold the changes of rows.",
                        "ALTER SYSTEM SET wal_level = 'logical'" + RESTART);
    }

    private Finding slots(boolean slotExists) throws SQLException {
        int most = Integer.parseInt(catalog.setting("max_replication_slots"));
        int used = catalog.slots();
        return slotExists || used < most
                ? CaptureCheckCode.REPLICATION_SLOTS.ok(server, used + " of " + most + " replication slots are taken.")
                : CaptureCheckCode.REPLICATION_SLOTS.fail(
                        server,
                        "All " + most + " replication slots are taken.",
                        "ALTER SYSTEM SET max_replication_slots = " + (most + 4) + RESTART);
    }

    private Finding senders() throws SQLException {
        int most = Integer.parseInt(catalog.setting("max_wal_senders"));
        int used = catalog.senders();
        return used < most
                ? CaptureCheckCode.WAL_SENDERS.ok(server, used + " of " + most + " WAL senders are in use.")
                : CaptureCheckCode.WAL_SENDERS.fail(
                        server,
                        "All " + most + " WAL senders are in use.",
                        "ALTER SYSTEM SET max_wal_senders = " + (most + 4) + RESTART);
    }

    private Finding role() throws SQLException {
        RoleFacts role = catalog.role();
        Place place = Place.of("role " + role.name());
        return role.superuser() || role.replication()
                ? CaptureCheckCode.ROLE_REPLICATION.ok(place, "The role may use replication slots.")
                : CaptureCheckCode.ROLE_REPLICATION.fail(
                        place,
                        "The role may not use replication slots.",
                        "ALTER ROLE " + TableName.quote(role.name()) + " REPLICATION");
    }
}
