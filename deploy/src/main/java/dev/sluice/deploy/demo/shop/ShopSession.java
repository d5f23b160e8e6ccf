package dev.sluice.deploy.demo.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of the shop's own application: runs transactions and counts what they commit. One thread only. */
final class ShopSession {

    /** The statements of one transaction. */
    interface SessionWork {
        void run() throws SQLException;
    }

    private final Connection connection;
    private Played committed = Played.NOTHING;
    private Played open = Played.NOTHING;

    ShopSession(Connection connection) {
        this.connection = connection;
    }

    /** Runs and commits one transaction. */
    void transaction(SessionWork work) throws SQLException {
        run(work, true);
    }

    /** Runs one transaction and takes it back: it must leave no trace. */
    void rolledBack(SessionWork work) throws SQLException {
        run(work, false);
    }

    private void run(SessionWork work, boolean keep) throws SQLException {
        open = Played.NOTHING;
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            if (done && keep) {
                connection.commit();
                committed = committed.plus(open.events() > 0 ? open.plus(new Played(1, 0, 0, 0, 0, 0)) : open);
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    void insert(String sql, @Nullable Object... values) throws SQLException {
        open = open.plus(new Played(0, execute(sql, values), 0, 0, 0, 0));
    }

    void update(String sql, @Nullable Object... values) throws SQLException {
        open = open.plus(new Played(0, 0, execute(sql, values), 0, 0, 0));
    }

    void changeKey(String sql, @Nullable Object... values) throws SQLException {
        int rows = execute(sql, values);
        open = open.plus(new Played(0, 0, rows, 0, 0, rows));
    }

    void delete(String sql, @Nullable Object... values) throws SQLException {
        open = open.plus(new Played(0, 0, 0, execute(sql, values), 0, 0));
    }

    void truncate(String table) throws SQLException {
        execute("TRUNCATE " + table);
        open = open.plus(new Played(0, 0, 0, 0, 1, 0));
    }

    /** Statements that change no row, for example DDL. */
    void define(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> column(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** What was committed since the last call. */
    Played take() {
        Played taken = committed;
        committed = Played.NOTHING;
        return taken;
    }

    private int execute(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
