package dev.sluice.cdc.capture.run;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.Causes;
import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.capture.check.CaptureCheckCode;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.SnapshotErrors;
import dev.sluice.cdc.finding.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Looks whether a table can be read anew, before the table is held for that. Runs only queries.
 *
 * @param config the capture of all tables
 * @param part the capture that would read the table
 */
record SnapshotCheck(CaptureConfig config, CaptureConfig part) {

    /**
     * Why a snapshot of the table cannot begin; empty when nothing is in the way.
     *
     * @param state the state of the capture of all tables
     * @param goesOn whether the snapshot has begun before and its capture only starts again
     * @throws CaptureException when the source does not answer
     */
    Optional<CaptureException> refusal(TableName table, CaptureState state, boolean goesOn) {
        if (!config.source().selection().names(table)) {
            return Optional.of(SnapshotErrors.notNamed(table));
        }
        if (goesOn) {
            return Optional.empty();
        }
        if (state.capturedTables().stream().allMatch(table::equals)) {
            return Optional.of(SnapshotErrors.noOtherTable(table));
        }
        try (Connection connection = config.source().database().connect()) {
            String slot = part.replication().slot();
            if (new SourceCatalog(connection).slot(slot).isPresent()) {
                OwnSlot foreign = new OwnSlot(slot, config.source().database().name(), Optional.empty());
                return Optional.of(SnapshotErrors.slotTaken(table, slot, foreign.statement()));
            }
            return CaptureCheck.run(part, connection).stream()
                    .filter(Finding::fails)
                    .filter(fault -> !CaptureCheckCode.PUBLICATION_TABLES.isOf(fault)) // the start adds the table
                    .findFirst()
                    .map(fault -> SnapshotErrors.refused(table, fault));
        } catch (SQLException e) {
            throw Causes.sql(config.source().database(), e);
        }
    }
}
