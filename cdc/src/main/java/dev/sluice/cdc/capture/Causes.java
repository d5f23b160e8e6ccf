package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the cause of a failure, and never shows the message text of a server, because the text may hold values. */
public final class Causes {
    /** The beginning of the engine's message; the engine has no exception type for this failure. */
    private static final String UNCONVERTIBLE = "Failed to properly convert data value for '";

    private Causes() {}

    /**
     * The failure as a capture exception: the nearest one among the causes, else one by error of the Java machine or
     * SQL state, else CDC-040.
     */
    public static CaptureException of(CaptureConfig.CapturedSource source, String during, @Nullable Throwable failure) {
        Optional<CaptureException> ours = find(failure, CaptureException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<Error> error = find(failure, Error.class);
        if (error.isPresent()) {
            return CaptureErrors.broken(error.get());
        }
        Optional<String> column = chain(failure)
                .map(Throwable::getMessage)
                .filter(message -> message != null && message.startsWith(UNCONVERTIBLE))
                .map(message -> message.substring(UNCONVERTIBLE.length()).split("'", 2)[0])
                .findFirst();
        if (column.isPresent()) {
            CaptureException unconvertible = CaptureErrors.unconvertible(column.get());
            return source.tables().stream()
                    .filter(table -> column.get().startsWith(table + "."))
                    .max(Comparator.comparingInt(table -> table.toString().length()))
                    .map(table -> unconvertible.ofDataset(source.topic(table)))
                    .orElse(unconvertible);
        }
        Optional<SQLException> sql = find(failure, SQLException.class);
        if (sql.isPresent()) {
            return sql(source.database(), sql.get());
        }
        String kind = chain(failure)
                .reduce((outer, inner) -> inner)
                .map(root -> root.getClass().getSimpleName())
                .orElse("it gave no reason");
        return CaptureErrors.engine(during + ", " + kind, failure);
    }

    /** An SQL failure as a capture exception. */
    public static CaptureException sql(PostgresDatabase database, SQLException failure) {
        Optional<String> unproven = DatabaseTls.refusal(failure);
        if (unproven.isPresent()) {
            return CaptureErrors.serverUnproven(database.address(), unproven.get(), failure);
        }
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

    /** A wrong password, role, database, right or statement stays wrong; any other failure may pass. */
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
