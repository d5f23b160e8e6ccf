package dev.sluice.deploy.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One application: transactions of random statements on random tables, until it is told to stop. */
final class WorkloadSession implements Callable<Void> {

    /** Duplicate key, deadlock, lock timeout, a column that is gone, a server that goes or comes. */
    private static final Set<String> EXPECTED = Set.of("23505", "40P01", "55P03", "42703", "57P01", "57P02", "57P03");

    private final GovernedSource source;
    private final List<WorkloadTable> tables;
    private final Random random;
    private final WorkloadTime time;
    private final WorkloadPace pace;

    WorkloadSession(
            GovernedSource source, List<WorkloadTable> tables, Random random, WorkloadTime time, WorkloadPace pace) {
        this.source = source;
        this.tables = tables;
        this.random = random;
        this.time = time;
        this.pace = pace;
    }

    /** How many keys a table has, how long a session and the migrations rest, and what was done. */
    record WorkloadPace(
            int keys, int restMillis, int migrationRestMillis, int truncateOneIn, AtomicInteger committed) {}

    /** Does that many transactions, one after the other. */
    void play(int transactions) throws SQLException {
        try (Connection connection = source.connect();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions; i++) {
                attempt(connection, sql);
            }
        }
    }

    @Override
    public Void call() throws SQLException, InterruptedException {
        while (time.goesOn()) {
            try (Connection connection = source.connect();
                    Statement sql = connection.createStatement()) {
                sql.execute("SET lock_timeout = '5s'");
                connection.setAutoCommit(false);
                while (time.goesOn()) {
                    if (time.allows(pace.committed().get())) {
                        attempt(connection, sql);
                    }
                    time.rest(random.nextInt(2 * pace.restMillis() + 1));
                }
            } catch (SQLException e) {
                // The server is away or comes back; whether a commit was done is known to the triggers.
                expected(e);
                time.rest(50);
            }
        }
        return null;
    }

    static void expected(SQLException e) throws SQLException {
        String state = String.valueOf(e.getSQLState());
        if (!state.startsWith("08") && !EXPECTED.contains(state)) {
            throw e;
        }
    }

    private void attempt(Connection connection, Statement sql) throws SQLException {
        try {
            transaction(connection, sql);
            if (random.nextInt(10) == 0) {
                connection.rollback();
            } else {
                connection.commit();
                pace.committed().incrementAndGet();
            }
        } catch (SQLException e) {
            expected(e);
            connection.rollback();
        }
    }

    private void transaction(Connection connection, Statement sql) throws SQLException {
        WorkloadTable table = WorkloadTable.pick(tables, random);
        for (int i = random.nextInt(4); i >= 0; i--) {
            if (random.nextInt(6) == 0) {
                Savepoint before = connection.setSavepoint();
                sql.execute(statement(table));
                if (random.nextBoolean()) {
                    connection.rollback(before);
                }
            } else {
                sql.execute(statement(table));
            }
            table = random.nextInt(3) == 0 ? WorkloadTable.pick(tables, random) : table;
        }
    }

    private String statement(WorkloadTable table) {
        if (random.nextInt(pace.truncateOneIn()) == 0) {
            return "TRUNCATE " + table.quoted();
        }
        int key = random.nextInt(pace.keys());
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> insert(table, 1) + " ON CONFLICT DO NOTHING";
            case 3 -> insert(table, 1 + random.nextInt(4)) + " ON CONFLICT DO NOTHING";
            case 4 -> random.nextInt(4) == 0 ? insert(table, 1) : upsert(table);
            case 5 -> "DELETE FROM " + table.quoted() + " WHERE " + table.where(key);
            case 6 -> "DELETE FROM " + table.quoted() + " WHERE " + table.where(key) + "; " + insert(table, key, 1)
                    + " ON CONFLICT DO NOTHING";
            case 7 -> keyChange(table, key);
            case 8 -> unchanged(table, WorkloadTable.pick(table.columns(), random), key);
            case 9 -> "UPDATE " + table.quoted() + " SET " + assignments(table, some(table)) + " WHERE "
                    + table.where(key) + " OR " + table.where(random.nextInt(pace.keys()));
            default -> "UPDATE " + table.quoted() + " SET " + assignments(table, some(table)) + " WHERE "
                    + table.where(key);
        };
    }

    /** An update that leaves every column as it is. */
    private static String unchanged(WorkloadTable table, WorkloadTable.Column column, int key) {
        return "UPDATE " + table.quoted() + " SET " + column.quoted() + " = " + column.quoted() + " WHERE "
                + table.where(key);
    }

    /**
     * Row 14 of semantics.md: under the default replica identity a large value that an update left alone is not in the
     * log, and the new key cannot take the value from the old one. So an update of the key sets such columns as well.
     */
    private String keyChange(WorkloadTable table, int key) {
        List<WorkloadTable.Column> set = new ArrayList<>(random.nextBoolean() ? some(table) : List.of());
        if (!table.full()) {
            table.columns().stream()
                    .filter(column -> column.type().large() && !set.contains(column))
                    .forEach(set::add);
        }
        String others = set.isEmpty() ? "" : ", " + assignments(table, set);
        return "UPDATE " + table.quoted() + " SET " + table.assignKey(random.nextInt(pace.keys())) + others + " WHERE "
                + table.where(key);
    }

    private List<WorkloadTable.Column> some(WorkloadTable table) {
        List<WorkloadTable.Column> columns = table.columns();
        int first = random.nextInt(columns.size());
        return columns.subList(first, Math.min(columns.size(), first + 1 + random.nextInt(3)));
    }

    private String assignments(WorkloadTable table, List<WorkloadTable.Column> columns) {
        return columns.stream()
                .map(column -> column.quoted() + " = " + table.value(column, random))
                .collect(Collectors.joining(", "));
    }

    private String upsert(WorkloadTable table) {
        return insert(table, 1) + " ON CONFLICT ("
                + table.keys().stream().map(WorkloadTable.Column::quoted).collect(Collectors.joining(", "))
                + ") DO UPDATE SET " + assignments(table, some(table));
    }

    private String insert(WorkloadTable table, int rows) {
        return insert(table, random.nextInt(pace.keys()), rows);
    }

    private String insert(WorkloadTable table, int key, int rows) {
        List<WorkloadTable.Column> columns = table.columns();
        List<String> names = new ArrayList<>();
        table.keys().forEach(column -> names.add(column.quoted()));
        columns.forEach(column -> names.add(column.quoted()));
        String values = IntStream.range(0, rows)
                .mapToObj(i -> {
                    List<String> each = new ArrayList<>(table.key((key + i) % pace.keys()));
                    columns.forEach(column -> each.add(table.value(column, random)));
                    return "(" + String.join(", ", each) + ")";
                })
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + table.quoted() + " (" + String.join(", ", names) + ") VALUES " + values;
    }
}
