package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.capture.postgres.RoleFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.SQLException;
import java.util.List;

/** Settings of the server and rights of the role. */
final class ServerCheck {
    private static final int OLDEST = 140_000;
    private static final String RESTART = " -- then restart the server";

    private final SourceCatalog catalog;

    ServerCheck(SourceCatalog catalog) {
        this.catalog = catalog;
    }

    List<Finding> findings(boolean slotExists) throws SQLException {
        return List.of(version(), walLevel(), slots(slotExists), senders(), role());
    }

    private Finding version() throws SQLException {
        int version = Integer.parseInt(catalog.setting("server_version_num"));
        return version >= OLDEST
                ? Finding.ok("SERVER_VERSION", "PostgreSQL " + catalog.setting("server_version"))
                : Finding.fail(
                        "SERVER_VERSION",
                        "PostgreSQL " + catalog.setting("server_version") + " is too old to send heartbeat messages",
                        "upgrade to PostgreSQL 14 or newer");
    }

    private Finding walLevel() throws SQLException {
        String level = catalog.setting("wal_level");
        return "logical".equals(level)
                ? Finding.ok("WAL_LEVEL", "wal_level is logical")
                : Finding.fail(
                        "WAL_LEVEL",
                        "wal_level is " + level + "; changes are not in the log",
                        "ALTER SYSTEM SET wal_level = 'logical'" + RESTART);
    }

    private Finding slots(boolean slotExists) throws SQLException {
        int most = Integer.parseInt(catalog.setting("max_replication_slots"));
        int used = catalog.slots();
        return slotExists || used < most
                ? Finding.ok("REPLICATION_SLOTS", used + " of " + most + " replication slots are taken")
                : Finding.fail(
                        "REPLICATION_SLOTS",
                        "all " + most + " replication slots are taken",
                        "ALTER SYSTEM SET max_replication_slots = " + (most + 4) + RESTART);
    }

    private Finding senders() throws SQLException {
        int most = Integer.parseInt(catalog.setting("max_wal_senders"));
        int used = catalog.senders();
        return used < most
                ? Finding.ok("WAL_SENDERS", used + " of " + most + " WAL senders run")
                : Finding.fail(
                        "WAL_SENDERS",
                        "all " + most + " WAL senders run",
                        "ALTER SYSTEM SET max_wal_senders = " + (most + 4) + RESTART);
    }

    private Finding role() throws SQLException {
        RoleFacts role = catalog.role();
        return role.superuser() || role.replication()
                ? Finding.ok("ROLE_REPLICATION", "role " + role.name() + " may use replication slots")
                : Finding.fail(
                        "ROLE_REPLICATION",
                        "role " + role.name() + " may not use replication slots",
                        "ALTER ROLE " + TableName.quote(role.name()) + " REPLICATION");
    }
}
