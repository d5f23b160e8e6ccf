package dev.sluice.cdc.capture.check;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.RoleFacts;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Checks the replication slot and the publication. */
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
        Place place = Place.of("slot " + name);
        if (found.isEmpty()) {
            return List.of(CaptureCheckCode.SLOT.ok(place, "The first start creates the slot."));
        }
        return List.of(
                use(place, name, found.get()), retention(place, found.get().state()));
    }

    private Finding use(Place place, String name, SlotFacts slot) {
        if (!"pgoutput".equals(slot.plugin())
                || !config.source().database().name().equals(slot.database())) {
            return CaptureCheckCode.SLOT.fail(
                    place,
                    "The slot is not a pgoutput slot of this database.",
                    "SELECT pg_drop_replication_slot('" + name + "')");
        }
        if (slot.holder().isPresent()) {
            int pid = slot.holder().get();
            return CaptureCheckCode.SLOT_IN_USE.fail(
                    place,
                    "The server process " + pid + " uses the slot.",
                    "Stop the other capture, or run SELECT pg_terminate_backend(" + pid + ").");
        }
        return CaptureCheckCode.SLOT.ok(place, "The slot exists and is free.");
    }

    private static Finding retention(Place place, SlotFacts.Retention kept) {
        String what = "The slot keeps " + kept.retainedBytes() + " bytes of log; its wal_status is " + kept.status();
        if (kept.lost()) {
            return CaptureCheckCode.WAL_RETAINED.fail(
                    place,
                    what + ", so the server has removed log that the slot needs.",
                    "Begin the capture anew with 'sluice capture reset', and raise max_slot_wal_keep_size.");
        }
        boolean near = kept.safeBytes() >= 0 && kept.safeBytes() < MUCH / 4;
        if (near || kept.retainedBytes() > MUCH) {
            return CaptureCheckCode.WAL_RETAINED.warn(
                    place,
                    what + (near ? "; after " + kept.safeBytes() + " more bytes the slot is lost." : "."),
                    "Start the capture, so that the slot moves on.");
        }
        return CaptureCheckCode.WAL_RETAINED.ok(place, what + ".");
    }

    Finding publication() throws SQLException {
        String name = config.replication().publication();
        Place place = Place.of("publication " + name);
        Optional<PublicationFacts> found = catalog.publication(name);
        String create =
                ReplicationObjects.publicationSql(name, config.source().tables(), catalog.generatedColumns(name));
        if (found.isEmpty()) {
            return mayCreate()
                    ? CaptureCheckCode.PUBLICATION.ok(place, "The first start creates the publication.")
                    : CaptureCheckCode.PUBLICATION.fail(
                            place, "The publication does not exist, and the role may not create it.", create);
        }
        PublicationFacts facts = found.get();
        List<TableName> missing = config.source().tables().stream()
                .filter(table -> !facts.covers(table))
                .toList();
        if (!missing.isEmpty()) {
            return CaptureCheckCode.PUBLICATION_TABLES.fail(
                    place,
                    "The publication leaves out the tables " + missing + ".",
                    ReplicationObjects.additionSql(name, missing));
        }
        boolean whole = config.source().tables().stream().allMatch(facts::coversWhole);
        return whole && facts.complete()
                ? CaptureCheckCode.PUBLICATION.ok(place, "The publication covers every table.")
                : CaptureCheckCode.PUBLICATION_NARROW.fail(
                        place,
                        "The publication leaves out rows, columns or operations.",
                        "DROP PUBLICATION " + TableName.quote(name) + "; " + create);
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
