package dev.sluice.cdc.capture.postgres;

import dev.sluice.cdc.access.DatabaseTls;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Says where the source database is, and connects to it as a role.
 *
 * @param host host name or address
 * @param port port
 * @param name database name
 * @param user role with REPLICATION and SELECT on the captured tables
 * @param password its password
 * @param tls how the connection is encrypted, and how the two sides prove who they are
 */
public record PostgresDatabase(String host, int port, String name, String user, Secret password, DatabaseTls tls) {
    private static final int CONNECT_SECONDS = 10;
    private static final int SOCKET_SECONDS = 60;

    public PostgresDatabase {
        if (host.isBlank() || name.isBlank() || user.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A database needs host, port, name and user.");
        }
    }

    /** A database with the encryption that applies to its host without further settings. */
    public PostgresDatabase(String host, int port, String name, String user, Secret password) {
        this(host, port, name, user, password, DatabaseTls.standard(host));
    }

    /** The same database with other encryption. */
    public PostgresDatabase with(DatabaseTls other) {
        return new PostgresDatabase(host, port, name, user, password, other);
    }

    /** Opens a connection with finite time-outs; the caller closes it. */
    public Connection connect() throws SQLException {
        return source().getConnection();
    }

    /** Opens a connection that takes commands of the replication protocol; the caller closes it. */
    public Connection connectForReplication() throws SQLException {
        PGSimpleDataSource source = source();
        source.setReplication("database");
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        source.setAssumeMinServerVersion("13");
        return source.getConnection();
    }

    private PGSimpleDataSource source() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(name);
        source.setUser(user);
        source.setPassword(password.reveal());
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setApplicationName("sluice capture");
        for (Map.Entry<String, String> setting : tls.driverSettings().entrySet()) {
            source.setProperty(setting.getKey(), setting.getValue());
        }
        return source;
    }

    /** {@code host:port/name}, for messages. */
    public String address() {
        return host + ":" + port + "/" + name;
    }
}
