package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what lies beneath a failure, without ever showing a server's message text: it may hold values. */
final class Causes {
    /** How the engine words it; there is no type of its own for it. */
    private static final String UNCONVERTIBLE = "Failed to properly convert data value for '";

    private Causes() {}

    /** The failure as one of ours: the nearest one beneath, else by the SQL state, else the engine's. */
    static CaptureException of(PostgresDatabase database, String during, @Nullable Throwable failure) {
        Optional<CaptureException> ours = find(failure, CaptureException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<String> column = chain(failure)
                .map(Throwable::getMessage)
                .filter(message -> message != null && message.startsWith(UNCONVERTIBLE))
                .map(message -> message.substring(UNCONVERTIBLE.length()).split("'", 2)[0])
                .findFirst();
        if (column.isPresent()) {
            return CaptureErrors.unconvertible(column.get());
        }
        Optional<SQLException> sql = find(failure, SQLException.class);
        if (sql.isPresent()) {
            return sql(database, sql.get());
        }
        String kind = chain(failure)
                .reduce((outer, inner) -> inner)
                .map(root -> root.getClass().getSimpleName())
                .orElse("no reason given");
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
        return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> chain(@Nullable Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = failure; each != null && chain.size() < 50; each = each.getCause()) {
            chain.add(each);
        }
        return chain.stream();
    }
}
