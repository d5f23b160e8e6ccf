package dev.sluice.deploy.reset;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.ServerFacts;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.pipeline.Pipeline;
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

    /** The slot of a capture in that folder that reads one table anew. */
    static SourceSlot ofPart(Pipeline.Database source, Path stateFolder) {
        String own = CaptureConfig.Replication.slotOfPart(source.slot());
        return new SourceSlot(
                new Pipeline.Database(source.server(), own, source.publication(), source.warnAt()),
                StateFolder.known(TableSnapshot.folder(stateFolder)));
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
            Optional<String> doubt = doubt(slot.get(), catalog.server());
            if (doubt.isPresent()) {
                throw foreign(doubt.get());
            }
            new ReplicationObjects(connection).dropSlot(source.slot());
            return "Dropped the " + place() + ".";
        }
    }

    /** Why the slot may belong to another program; empty when the capture of this home made the slot. */
    Optional<String> doubt(SlotFacts slot, ServerFacts server) {
        if (known.isEmpty()) {
            return Optional.of("the state of its capture is gone or damaged");
        }
        CaptureState state = known.get();
        if (!state.slot().name().equals(source.slot())) {
            return Optional.of("its capture made the slot " + state.slot().name());
        }
        if (!state.server().system().equals(server.system()) || state.server().database() != server.database()) {
            return Optional.of("its capture read another server or another database");
        }
        return doubt(
                slot,
                state.slot().restart() == null
                        ? new Lsn(0)
                        : Lsn.parse(state.slot().restart()));
    }

    private Optional<String> doubt(SlotFacts slot, Lsn began) {
        if (!"pgoutput".equals(slot.plugin()) || !source.server().name().equals(slot.database())) {
            return Optional.of("the slot is no slot of pgoutput in this database");
        }
        return slot.restart()
                .filter(began::isAfter)
                .map(older -> "the slot is older than the one that its capture made");
    }

    private DeployException foreign(String doubt) {
        return new DeployException(
                "DEP-151",
                "The " + place() + " stays, because this home does not know whose slot it is: " + doubt
                        + ". Dropping the slot of another program would lose changes that the program has not read."
                        + " When no other program uses the slot, run at the source: " + statement()
                        + " Then call the reset again.");
    }

    private String refused(SQLException e) {
        return "The " + place() + " could not be dropped (SQLSTATE " + e.getSQLState() + "). Run at the source: "
                + statement();
    }

    private String statement() {
        return "SELECT pg_drop_replication_slot('" + source.slot() + "');";
    }
}
