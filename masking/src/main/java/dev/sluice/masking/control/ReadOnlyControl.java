package dev.sluice.masking.control;

import dev.sluice.masking.error.ProtectionErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Reads the control database and changes nothing in its folder. Every read opens a connection of its own and closes it,
 * so that no lock is held between two reads.
 *
 * <p>Without a write-ahead log beside the file, no process writes the database: SQLite reads the file as immutable, and
 * the read is repeated when the file changed or a log appeared meanwhile. With a log, SQLite reads file and log, with
 * the index of the log ({@code -shm}) open for reading only.
 */
final class ReadOnlyControl extends ControlDatabase {

    private static final int ATTEMPTS = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path file;

    ReadOnlyControl(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * What tells one state of the file from another.
     *
     * @param log whether there is a write-ahead log; then SQLite itself takes care of changes
     * @param index whether the log has an index
     * @param size size of the file, bytes, 0 with a log
     * @param modified when the file was last changed, milliseconds, 0 with a log
     */
    private record FileState(boolean log, boolean index, long size, long modified) {

        static FileState of(Path file) throws IOException {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean log = Files.exists(Path.of(file + "-wal"));
            return log
                    ? new FileState(true, Files.exists(Path.of(file + "-shm")), 0, 0)
                    : new FileState(
                            false,
                            false,
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis());
        }

        /** The options with which SQLite reads the file in this state. */
        String options() {
            return log ? "mode=ro&readonly_shm=1" : "immutable=1";
        }
    }

    /** The number of the last migration of the tables, 0 when none ran. */
    int schemaVersion() {
        return read("read the version of the tables", handle -> {
            boolean migrated = handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE name = :table")
                            .bind("table", SCHEMA_HISTORY)
                            .mapTo(Integer.class)
                            .one()
                    > 0;
            return migrated
                    ? handle.createQuery("SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM " + SCHEMA_HISTORY
                                    + " WHERE success = 1")
                            .mapTo(Integer.class)
                            .one()
                    : 0;
        });
    }

    @Override
    public <T> T read(String attempted, Function<Handle, T> reader) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileState before = state();
            try {
                T result = once(before, reader);
                if (before.equals(state())) {
                    return result;
                }
            } catch (JdbiException | SQLException e) {
                boolean mayPass = (before.log() && !before.index()) || !before.equals(state());
                if (!mayPass) {
                    throw ProtectionErrors.controlDatabase(file, attempted, e);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw ProtectionErrors.controlDatabaseUnsettled(file);
    }

    @Override
    public <T> T write(String attempted, Function<Handle, T> writer) {
        throw new IllegalStateException("The control database is open for questions and cannot " + attempted + ".");
    }

    @Override
    public void scrub() {
        throw new IllegalStateException("The control database is open for questions and cannot empty its log.");
    }

    /** Does nothing: no connection is kept. */
    @Override
    public void close() {}

    private <T> T once(FileState state, Function<Handle, T> reader) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url(file) + "?" + state.options());
        try (Connection connection = source.getConnection()) {
            return jdbi(connection).inTransaction(reader::apply);
        }
    }

    private FileState state() {
        try {
            return FileState.of(file);
        } catch (IOException gone) {
            throw ProtectionErrors.controlDatabaseMissing(file, gone);
        }
    }
}
