package dev.sluice.deploy.reset;

import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Names the replication slot of a pipeline at its source. A slot without a reader holds the log of the source for ever.
 *
 * @param source the database with the slot
 */
record SourceSlot(Pipeline.Database source) {

    /** The slot and the address of the source. */
    String place() {
        return "replication slot " + source.slot() + " at " + source.server().address();
    }

    /**
     * Drops the slot and answers with a sentence.
     *
     * @throws DeployException {@code DEP-150} when the slot is still there
     */
    String drop() {
        try {
            return dropped();
        } catch (SQLException e) {
            throw new DeployException("DEP-150", "Nothing was changed. " + refused(e), e);
        }
    }

    /** Drops the slot and answers with a sentence, also when the source is away. */
    String tryDrop() {
        try {
            return dropped();
        } catch (SQLException e) {
            return refused(e);
        }
    }

    private String dropped() throws SQLException {
        try (Connection connection = source.server().connect()) {
            new ReplicationObjects(connection).dropSlot(source.slot());
            return "Dropped the " + place() + ".";
        } catch (SQLException e) {
            if ("42704".equals(e.getSQLState())) {
                return "There was no " + place() + ".";
            }
            throw e;
        }
    }

    private String refused(SQLException e) {
        return "The " + place() + " could not be dropped (SQLSTATE " + e.getSQLState()
                + "). Run at the source: SELECT pg_drop_replication_slot('" + source.slot() + "');";
    }
}
