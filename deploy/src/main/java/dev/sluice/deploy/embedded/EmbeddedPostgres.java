package dev.sluice.deploy.embedded;

import dev.sluice.deploy.embedded.process.Child;
import dev.sluice.deploy.embedded.process.Leash;
import dev.sluice.deploy.embedded.process.Ports;
import dev.sluice.deploy.embedded.process.WithoutRoot;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL server as a child: loopback TCP only, SCRAM passwords, logical WAL, durable commits. The log names no
 * data value: statements and error texts are kept out of it.
 */
final class EmbeddedPostgres {

    static final String DATABASE = "shop";
    static final String OWNER = "postgres";
    static final String CAPTURE = "sluice";

    private static final String MAJOR = "18";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration CREATION = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Leash LEASH = new Leash("INT", GRACE);
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Map<String, String> ENVIRONMENT = Map.of("TZ", "UTC", "LC_ALL", "C");

    /** Sized for one machine; retained WAL is bounded so that a forgotten slot cannot fill the disk. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "wal_level=logical",
            "max_wal_senders=8",
            "max_replication_slots=8",
            "max_slot_wal_keep_size=2GB",
            "max_wal_size=512MB",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "shared_buffers=64MB",
            "max_connections=40",
            "max_worker_processes=4",
            "autovacuum_max_workers=1",
            "io_method=sync",
            "huge_pages=off",
            "jit=off",
            "password_encryption=scram-sha-256",
            "timezone=UTC",
            "log_timezone=UTC",
            // Nothing below LOG: an ERROR can quote a value that a client sent.
            "log_min_messages=log",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "log_statement=none",
            "log_min_duration_statement=-1",
            "log_parameter_max_length=0");

    private final Home home;
    private final Path programs;
    private final Path data;
    private final PostgresAccess access;
    private final WithoutRoot rights;

    private EmbeddedPostgres(Home home, Path programs, PostgresAccess access) {
        this.home = home;
        this.programs = programs;
        this.access = access;
        data = data(home);
        rights = WithoutRoot.find(List.of(program("postgres"), "--version"))
                .orElseThrow(EmbeddedErrors::rootKeepsItsRights);
    }

    /** Prepares the data folder: at the first start the programs are unpacked and the cluster is made. */
    static EmbeddedPostgres prepare(Home home, Installation installation) {
        Path data = data(home);
        Path ownerFile = home.keys().resolve("postgres-owner.password");
        boolean made = Files.exists(data.resolve("PG_VERSION"));
        if (made && !Files.exists(ownerFile)) {
            throw EmbeddedErrors.passwordLost(ownerFile);
        }
        PostgresAccess access = new PostgresAccess(
                "127.0.0.1",
                Ports.remembered(home.postgres().resolve("port")),
                DATABASE,
                Credential.remembered(OWNER, ownerFile),
                Credential.remembered(CAPTURE, home.keys().resolve("postgres-capture.password")));
        EmbeddedPostgres postgres = new EmbeddedPostgres(home, PostgresPrograms.unpacked(installation, home), access);
        if (made) {
            postgres.checkMajor();
        } else {
            postgres.initialise();
        }
        return postgres;
    }

    /** The data folder of that home; its server processes have it as their working folder. */
    static Path data(Home home) {
        return home.postgres().resolve("data");
    }

    PostgresAccess access() {
        return access;
    }

    /** Launches the server, waits until it takes connections, makes sure that the database and the role exist. */
    Child start() {
        try {
            // No process works in the folder any more (see Leftovers): an old pid file may name a pid that is used
            // again.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            rights.own(data);
        } catch (IOException e) {
            throw HomeErrors.folder(data, e);
        }
        Child child = Child.launch(new Child.Spec(
                Part.POSTGRES.label(),
                serverCommand(),
                ENVIRONMENT,
                home.postgres(),
                home.logs().resolve("postgres.log"),
                LEASH));
        child.awaitReady(this::ready, START);
        try {
            ensureRoleAndDatabase();
        } catch (SQLException e) {
            child.stop();
            throw EmbeddedErrors.database("its role and database were prepared", e);
        }
        return child;
    }

    private List<String> serverCommand() {
        List<String> command = new ArrayList<>(
                List.of(program("postgres"), "-D", data.toString(), "-p", Integer.toString(access.port())));
        for (String setting : SETTINGS) {
            command.add("-c");
            command.add(setting);
        }
        return rights.command(command);
    }

    /** The server writes "ready" as the eighth line of its pid file when it accepts connections. */
    private boolean ready() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() >= 8 && lines.get(7).startsWith("ready");
        } catch (IOException notYet) {
            return false;
        }
    }

    private void ensureRoleAndDatabase() throws SQLException {
        String maintenance = "jdbc:postgresql://127.0.0.1:" + access.port() + "/postgres";
        Credential owner = access.owner();
        try (Connection connection = DriverManager.getConnection(maintenance, owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + CAPTURE + "'")) {
                statement.execute("CREATE ROLE " + CAPTURE + " LOGIN REPLICATION NOSUPERUSER NOCREATEDB NOCREATEROLE");
            }
            // The driver hashes here, so the clear password never reaches the server.
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(CAPTURE, access.capture().password().toCharArray(), "scram-sha-256");
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next();
        }
    }

    private void checkMajor() {
        try {
            String found = Files.readString(data.resolve("PG_VERSION")).trim();
            if (!found.equals(MAJOR)) {
                throw EmbeddedErrors.otherMajor(data, found, MAJOR);
            }
        } catch (IOException e) {
            throw HomeErrors.folder(data, e);
        }
    }

    /** Makes the cluster beside its place and moves it there when it is whole. */
    private void initialise() {
        Path part = home.postgres().resolve("data.new");
        Path log = home.logs().resolve("initdb.log");
        try {
            Home.removeTree(part);
            Files.createDirectory(part, PRIVATE);
            rights.own(part);
            int code = Child.launch(new Child.Spec(
                            "initdb", creation(part), ENVIRONMENT, home.postgres(), log, new Leash("TERM", GRACE)))
                    .awaitEnd(CREATION);
            if (code != 0) {
                throw EmbeddedErrors.initialise(code, log);
            }
            Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw HomeErrors.folder(data, e);
        }
    }

    private List<String> creation(Path part) {
        return rights.command(List.of(
                program("initdb"),
                "-D",
                part.toString(),
                "-U",
                OWNER,
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--auth=scram-sha-256",
                "--data-checksums",
                "--pwfile=" + access.owner().file()));
    }

    private String program(String name) {
        return programs.resolve("bin").resolve(name).toString();
    }
}
