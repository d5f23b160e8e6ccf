package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what lies beneath a failure, without ever showing a server's message text: it may hold values. */
final class Causes {
    private Causes() {}

    /** The failure as one of ours: the nearest one beneath, else by the SQL state, else the engine's. */
    static CaptureException of(PostgresDatabase database, String during, @Nullable Throwable failure) {
        Optional<CaptureException> ours = find(failure, CaptureException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<SQLException> sql = find(failure, SQLException.class);
        if (sql.isPresent()) {
            return sql(database, sql.get());
        }
        String kind =
                failure == null ? "no reason given" : root(failure).getClass().getSimpleName();
        return CaptureErrors.engine(during + ", " + kind, failure);
    }

    /** An SQL failure as one of ours. */
    static CaptureException sql(PostgresDatabase database, SQLException failure) {
        return passes(failure)
                ? CaptureErrors.databaseAway(database.address(), failure)
                : CaptureErrors.databaseRefused(database.address(), failure);
    }

    /** {@code SQLSTATE nnnnn} of the failure. */
    static String sqlState(Throwable failure) {
        return find(failure, SQLException.class)
                .map(sql -> sql.getSQLState() == null ? "no SQLSTATE" : "SQLSTATE " + sql.getSQLState())
                .orElse(failure.getClass().getSimpleName());
    }

    /** Wrong password, role, database, right or statement do not pass by themselves; all else may. */
    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || !(state.startsWith("28") || state.startsWith("3D") || state.startsWith("42"));
    }

    private static <T> Optional<T> find(@Nullable Throwable failure, Class<T> type) {
        return Stream.iterate(failure, t -> t != null, t -> t == null ? null : t.getCause())
                .limit(50)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private static Throwable root(Throwable failure) {
        return Stream.iterate(failure, t -> t.getCause() != null, Throwable::getCause)
                .limit(50)
                .reduce(failure, (a, b) -> b.getCause() == null ? b : b.getCause());
    }
}
