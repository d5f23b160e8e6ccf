package dev.sluice.cdc.capture.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
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

    /** Creates a publication of exactly these tables, with those generated columns. */
    public void createPublication(String name, Collection<TableName> tables, GeneratedColumns generated)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(publicationSql(name, tables, generated));
        }
    }

    /** Drops a slot that no process uses. */
    public void dropSlot(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
            statement.setString(1, name);
            statement.execute();
        }
    }
}
