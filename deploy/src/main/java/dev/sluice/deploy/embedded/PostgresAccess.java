package dev.sluice.deploy.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Tells how to reach the embedded database.
 *
 * @param host loopback address
 * @param port port
 * @param database database name
 * @param owner superuser that owns the sample's tables
 * @param capture role of capture: LOGIN and REPLICATION, and what the owner grants it
 */
public record PostgresAccess(String host, int port, String database, Credential owner, Credential capture) {

    /** JDBC address without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** A new connection with the rights of that role; the caller closes it. */
    public Connection connect(Credential role) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), role.user(), role.password());
    }
}
