package dev.sluice.cdc.capture.run;

import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.ServerFacts;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a replication slot is the one that a capture made. The slot of another program holds changes that the
 * program has not read, so only a slot without a doubt may be dropped.
 *
 * @param name name of the slot
 * @param database name of the database of the capture
 * @param known the state of the capture; empty when the state is gone or damaged
 */
public record OwnSlot(String name, String database, Optional<CaptureState> known) {
    private static final Logger LOG = LoggerFactory.getLogger(OwnSlot.class);

    /**
     * Why the slot may belong to another program; empty when the capture made the slot.
     *
     * @param slot the slot of that name
     * @param server the server that has the slot
     */
    public Optional<String> doubt(SlotFacts slot, ServerFacts server) {
        if (known.isEmpty()) {
            return Optional.of("the state of its capture is gone or damaged");
        }
        CaptureState state = known.get();
        if (!state.slot().name().equals(name)) {
            return Optional.of("its capture made the slot " + state.slot().name());
        }
        if (!state.server().system().equals(server.system()) || state.server().database() != server.database()) {
            return Optional.of("its capture read another server or another database");
        }
        if (!"pgoutput".equals(slot.plugin()) || !database.equals(slot.database())) {
            return Optional.of("the slot is no slot of pgoutput in this database");
        }
        String began = state.slot().restart();
        return slot.restart()
                .filter(now -> began != null && Lsn.parse(began).isAfter(now))
                .map(older -> "the slot is older than the one that its capture made");
    }

    /** Drops the slot when no process uses it and this capture made it; answers whether nothing is left to be done. */
    boolean isGone(Connection connection) throws SQLException {
        SourceCatalog catalog = new SourceCatalog(connection);
        Optional<SlotFacts> slot = catalog.slot(name);
        if (slot.isEmpty()) {
            return true;
        }
        Optional<String> doubt = doubt(slot.get(), catalog.server());
        if (doubt.isPresent()) {
            LOG.atWarn()
                    .addKeyValue("slot", name)
                    .addKeyValue("reason", doubt.get())
                    .addKeyValue("statement", statement())
                    .log("A replication slot stays, because it may belong to another program. When no program uses the"
                            + " slot, run the statement at the source.");
            return true;
        }
        return new ReplicationObjects(connection).dropFreeSlot(name);
    }

    /** The statement that drops the slot. */
    public String statement() {
        return statement(name);
    }

    /** The statement that drops the slot of that name. */
    public static String statement(String name) {
        return "SELECT pg_drop_replication_slot('" + name + "');";
    }
}
