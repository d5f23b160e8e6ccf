package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.RoleFacts;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The slot and the publication. */
final class SlotCheck {
    private static final long MUCH = 1L << 30;

    private final CaptureConfig config;
    private final SourceCatalog catalog;

    SlotCheck(CaptureConfig config, SourceCatalog catalog) {
        this.config = config;
        this.catalog = catalog;
    }

    List<Finding> slot(Optional<SlotFacts> found) {
        String name = config.replication().slot();
        if (found.isEmpty()) {
            return List.of(Finding.ok("SLOT", "slot " + name + " will be made at the first start"));
        }
        List<Finding> findings = new ArrayList<>();
        SlotFacts slot = found.get();
        findings.add(use(name, slot));
        findings.add(retention(name, slot.state()));
        return findings;
    }

    private Finding use(String name, SlotFacts slot) {
        String drop = "SELECT pg_drop_replication_slot('" + name + "')";
        if (!"pgoutput".equals(slot.plugin())
                || !config.source().database().name().equals(slot.database())) {
            return Finding.fail("SLOT", "slot " + name + " is not a pgoutput slot of this database", drop);
        }
        if (slot.holder().isPresent()) {
            int pid = slot.holder().get();
            return Finding.fail(
                    "SLOT_IN_USE",
                    "slot " + name + " is used by server process " + pid,
                    "stop the other capture, or: SELECT pg_terminate_backend(" + pid + ")");
        }
        return Finding.ok("SLOT", "slot " + name + " is there and free");
    }

    private static Finding retention(String name, SlotFacts.Retention kept) {
        String what = "slot " + name + " keeps " + kept.retainedBytes() + " bytes of log, wal_status " + kept.status();
        if (kept.lost()) {
            return Finding.fail(
                    "WAL_RETAINED",
                    what + "; log that it needs is gone",
                    "take a new snapshot with a new slot and raise max_slot_wal_keep_size");
        }
        boolean near = kept.safeBytes() >= 0 && kept.safeBytes() < MUCH / 4;
        if (near || kept.retainedBytes() > MUCH) {
            return Finding.warn(
                    "WAL_RETAINED",
                    what + (near ? "; " + kept.safeBytes() + " bytes until it is lost" : ""),
                    "start the capture so that the slot moves on");
        }
        return Finding.ok("WAL_RETAINED", what);
    }

    Finding publication() throws SQLException {
        String name = config.replication().publication();
        Optional<PublicationFacts> found = catalog.publication(name);
        String create = ReplicationObjects.publicationSql(name, config.source().tables());
        if (found.isEmpty()) {
            return mayCreate()
                    ? Finding.ok("PUBLICATION", "publication " + name + " will be made at the first start")
                    : Finding.fail(
                            "PUBLICATION", "publication " + name + " is missing and the role may not make it", create);
        }
        PublicationFacts facts = found.get();
        List<TableName> missing = config.source().tables().stream()
                .filter(table -> !facts.covers(table))
                .toList();
        if (!missing.isEmpty()) {
            return Finding.fail(
                    "PUBLICATION_TABLES", "publication " + name + " leaves out " + missing, add(name, missing));
        }
        boolean whole = config.source().tables().stream().allMatch(facts::coversWhole);
        return whole && facts.complete()
                ? Finding.ok("PUBLICATION", "publication " + name + " covers every table")
                : Finding.fail(
                        "PUBLICATION_NARROW",
                        "publication " + name + " leaves out rows, columns or operations",
                        "DROP PUBLICATION " + TableName.quote(name) + "; " + create);
    }

    private static String add(String name, List<TableName> missing) {
        return "ALTER PUBLICATION " + TableName.quote(name) + " ADD TABLE "
                + String.join(", ", missing.stream().map(TableName::quoted).toList());
    }

    private boolean mayCreate() throws SQLException {
        RoleFacts role = catalog.role();
        if (role.superuser()) {
            return true;
        }
        for (TableName table : config.source().tables()) {
            if (!catalog.owns(table)) {
                return false;
            }
        }
        return role.createsInDatabase();
    }
}
