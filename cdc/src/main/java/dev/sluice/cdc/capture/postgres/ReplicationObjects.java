package dev.sluice.cdc.capture.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Creates the publication of capture and drops its slot; never touches a table of the user. Confined to one thread. */
public final class ReplicationObjects {
    private final Connection connection;

    public ReplicationObjects(Connection connection) {
        this.connection = connection;
    }

    /** The statement that creates a publication of exactly these tables, with those generated columns. */
    public static String publicationSql(String name, Collection<TableName> tables, GeneratedColumns generated) {
        return "CREATE PUBLICATION " + TableName.quote(name) + " FOR TABLE "
                + tables.stream().sorted().map(TableName::quoted).collect(Collectors.joining(", "))
                + (generated == GeneratedColumns.STORED ? " WITH (publish_generated_columns = stored)" : "");
    }

    /** The statement that adds these tables to a publication. */
    public static String additionSql(String name, Collection<TableName> tables) {
        return "ALTER PUBLICATION " + TableName.quote(name) + " ADD TABLE "
                + tables.stream().sorted().map(TableName::quoted).collect(Collectors.joining(", "));
    }

    /** Creates a publication of exactly these tables, with those generated columns. */
    public void createPublication(String name, Collection<TableName> tables, GeneratedColumns generated)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(publicationSql(name, tables, generated));
        }
    }

    /** Adds these tables to a publication that the role owns; does nothing when the role may not. */
    public void addTables(String name, Collection<TableName> tables) throws SQLException {
        SourceCatalog catalog = new SourceCatalog(connection);
        List<TableName> owned = new ArrayList<>();
        for (TableName table : tables) {
            if (catalog.owns(table)) {
                owned.add(table);
            }
        }
        if (!owned.isEmpty() && owns(name)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(additionSql(name, owned));
            }
        }
    }

    private boolean owns(String publication) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_has_role(pubowner, 'USAGE') FROM pg_publication WHERE pubname = ? AND NOT puballtables")) {
            statement.setString(1, publication);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Drops a slot unless a process uses it; answers whether the slot is gone. */
    public boolean dropFreeSlot(String name) throws SQLException {
        Optional<SlotFacts> slot = new SourceCatalog(connection).slot(name);
        if (slot.flatMap(SlotFacts::holder).isPresent()) {
            return false;
        }
        if (slot.isPresent()) {
            dropSlot(name);
        }
        return true;
    }

    /** Drops a slot that no process uses. */
    public void dropSlot(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
            statement.setString(1, name);
            statement.execute();
        }
    }
}
