package dev.sluice.cdc.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A real PostgreSQL with logical decoding switched on. Thread-safe. */
public final class TestPostgres implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres server;

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts a server with {@code wal_level=logical} and room for a hundred slots. */
    public static TestPostgres start() {
        return start(Map.of("wal_level", "logical", "max_wal_senders", "40", "max_replication_slots", "100"));
    }

    /** Starts a server with these settings. */
    public static TestPostgres start(Map<String, String> settings) {
        return start(settings, builder -> builder);
    }

    private static TestPostgres start(Map<String, String> settings, UnaryOperator<EmbeddedPostgres.Builder> further) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("fsync", "off")
                // The library switches it off, and then a commit is in the log only a while after its answer.
                .setServerConfig("synchronous_commit", "on");
        settings.forEach(builder::setServerConfig);
        try {
            return new TestPostgres(further.apply(builder).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a hot standby of this server on a copy of its data, which follows by the physical slot {@code standby} and
     * keeps copies of failover slots.
     */
    public TestPostgres standby(Path data) {
        Database database = new Database(port(), "postgres");
        database.run("SELECT pg_create_physical_replication_slot('standby', true)");
        Path from = Path.of(database.query("SHOW data_directory").get(0));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('copy', true)");
            copy(from, data);
            try (ResultSet label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
                label.next();
                Files.writeString(data.resolve("backup_label"), label.getString(1));
            }
            Files.writeString(data.resolve("standby.signal"), "");
            Files.writeString(
                    data.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=" + port() + " user=postgres dbname=postgres'\n"
                            + "primary_slot_name = 'standby'\n"
                            + "sync_replication_slots = on\n"
                            + "hot_standby_feedback = on\n"
                            + "wal_receiver_status_interval = 1\n");
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
        return start(Map.of("wal_level", "logical"), builder -> builder.setDataDirectory(data)
                .setCleanDataDirectory(false));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path relative = from.relativize(file);
                boolean own = (relative.startsWith("pg_replslot") && relative.getNameCount() > 1)
                        || List.of("postmaster.pid", "postmaster.opts", "epg-lock")
                                .contains(relative.toString());
                if (!own) {
                    Files.copy(file, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Creates an empty database with a name that no other test has. */
    public Database createDatabase() {
        String name = "db" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Database(server.getPort(), name);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One database of the server; the user is {@code postgres}, the password is not asked for.
     *
     * @param port server port on 127.0.0.1
     * @param name database name
     */
    public record Database(int port, String name) {

        /** Opens a connection as the super user. */
        public Connection connect() throws SQLException {
            return connect("postgres");
        }

        /** Opens a connection as that role. */
        public Connection connect(String role) throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + role + "&password=unused");
        }

        /** Runs statements, each in a transaction of its own. */
        public void run(String... statements) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Runs statements in one transaction. */
        public void transaction(String... statements) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (String sql : statements) {
                    statement.execute(sql);
                }
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The first column of a query's rows, as text. */
        public List<String> query(String sql) {
            List<String> values = new ArrayList<>();
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(String.valueOf(rows.getString(1)));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return values;
        }
    }
}
