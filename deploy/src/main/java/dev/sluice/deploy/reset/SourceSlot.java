package dev.sluice.deploy.reset;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.run.OwnSlot;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.pipeline.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Names the replication slot of a pipeline at its source, and drops the slot when the home knows that its capture made
 * it. A slot without a reader holds the log of the source for ever; the slot of another program holds changes that the
 * program has not read.
 *
 * @param source the database with the slot
 * @param known the state of the capture, which names the slot that the capture made; empty when it is gone or damaged
 */
record SourceSlot(Pipeline.Database source, Optional<CaptureState> known) {

    /** The slot of a capture in that folder that reads one table anew; empty when there is no such capture. */
    static Optional<SourceSlot> ofPart(Pipeline.Database source, Path stateFolder) {
        Path folder = TableSnapshot.folder(stateFolder);
        String own = CaptureConfig.Replication.slotOfPart(source.slot());
        Pipeline.Database part = new Pipeline.Database(source.server(), own, source.publication(), source.warnAt());
        return Files.exists(folder) ? Optional.of(new SourceSlot(part, StateFolder.known(folder))) : Optional.empty();
    }

    /** The slot and the address of the source. */
    String place() {
        return "replication slot " + source.slot() + " at " + source.server().address();
    }

    /**
     * Drops the slot and answers with a sentence.
     *
     * @throws DeployException {@code DEP-150} when the slot is still there, {@code DEP-151} when the home does not know
     *     whose slot it is
     */
    String drop() {
        try {
            return dropped();
        } catch (SQLException e) {
            throw new DeployException("DEP-150", "Nothing was changed. " + refused(e), e);
        }
    }

    /** Drops the slot and answers with a sentence, also when the slot stays because the source is away or in doubt. */
    String tryDrop() {
        try {
            return dropped();
        } catch (SQLException e) {
            return refused(e);
        } catch (DeployException doubt) {
            return String.valueOf(doubt.getMessage());
        }
    }

    private String dropped() throws SQLException {
        try (Connection connection = source.server().connect()) {
            SourceCatalog catalog = new SourceCatalog(connection);
            Optional<SlotFacts> slot = catalog.slot(source.slot());
            if (slot.isEmpty()) {
                return "There was no " + place() + ".";
            }
            Optional<String> doubt = own().doubt(slot.get(), catalog.server());
            if (doubt.isPresent()) {
                throw foreign(doubt.get());
            }
            new ReplicationObjects(connection).dropSlot(source.slot());
            return "Dropped the " + place() + ".";
        }
    }

    private DeployException foreign(String doubt) {
        return new DeployException(
                "DEP-151",
                "The " + place() + " stays, because this home does not know whose slot it is: " + doubt
                        + ". Dropping the slot of another program would lose changes that the program has not read."
                        + " When no other program uses the slot, run at the source: " + own().statement()
                        + " Then call the reset again.");
    }

    private String refused(SQLException e) {
        return "The " + place() + " could not be dropped (SQLSTATE " + e.getSQLState() + "). Run at the source: "
                + own().statement();
    }

    private OwnSlot own() {
        return new OwnSlot(source.slot(), source.server().name(), known);
    }
}
