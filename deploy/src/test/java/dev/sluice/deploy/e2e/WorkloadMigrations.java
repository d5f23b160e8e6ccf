package dev.sluice.deploy.e2e;

import dev.sluice.deploy.e2e.WorkloadTable.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Changes the tables while the sessions work on them: columns come, go and get other names, alone or beside changes. */
final class WorkloadMigrations implements Callable<Void> {

    private static final int LEAST_COLUMNS = 4;

    private final GovernedSource source;
    private final List<WorkloadTable> tables;
    private final Random random;
    private final WorkloadTime time;
    private final WorkloadSession.WorkloadPace pace;
    private final AtomicInteger done = new AtomicInteger();

    WorkloadMigrations(
            GovernedSource source,
            List<WorkloadTable> tables,
            Random random,
            WorkloadTime time,
            WorkloadSession.WorkloadPace pace) {
        this.source = source;
        this.tables = tables;
        this.random = random;
        this.time = time;
        this.pace = pace;
    }

    /** How many were committed. */
    int done() {
        return done.get();
    }

    @Override
    public Void call() throws SQLException, InterruptedException {
        while (time.goesOn()) {
            try (Connection connection = source.connect();
                    Statement sql = connection.createStatement()) {
                sql.execute("SET lock_timeout = '2s'");
                while (time.goesOn()) {
                    if (time.allows(pace.committed().get())) {
                        attempt(connection, sql);
                    }
                    time.rest(random.nextInt(2 * pace.migrationRestMillis() + 1));
                }
            } catch (SQLException e) {
                WorkloadSession.expected(e);
                time.rest(50);
            }
        }
        return null;
    }

    private void attempt(Connection connection, Statement sql) throws SQLException {
        WorkloadTable table = WorkloadTable.pick(tables, random);
        try {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> add(table, connection, sql);
                case 3 -> drop(table, connection, sql);
                case 4 -> rename(table, connection, sql);
                case 5 -> widen(table, sql);
                case 6 -> label(table, sql);
                case 7 -> sql.execute("CREATE INDEX ON " + table.quoted() + " ("
                        + WorkloadTable.pick(table.keys(), random).quoted() + ")");
                default -> sql.execute(rare(table));
            }
            done.incrementAndGet();
        } catch (SQLException e) {
            WorkloadSession.expected(e);
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Statements that write the table anew or tell the server something, and change no row. */
    private String rare(WorkloadTable table) {
        Column column = WorkloadTable.pick(table.columns(), random);
        List<String> statements = List.of(
                "VACUUM FULL " + table.quoted(),
                "ANALYZE " + table.quoted(),
                "ALTER TABLE " + table.quoted() + " SET (fillfactor = " + (50 + random.nextInt(50)) + ")",
                "ALTER TABLE " + table.quoted() + " ALTER " + column.quoted() + " SET DEFAULT "
                        + table.value(column, random).replaceFirst("(?s)^\\(SELECT.*", "NULL"));
        return WorkloadTable.pick(statements, random);
    }

    /** Row 25 of semantics.md: rows that no change touches show nothing of the default. */
    private void add(WorkloadTable table, Connection connection, Statement sql) throws SQLException {
        Column column = table.spare();
        if (column == null) {
            return;
        }
        String value = column.type().large() || random.nextBoolean() ? "NULL" : table.value(column, random);
        List<Column> after = new ArrayList<>(table.columns());
        after.add(column);
        transaction(
                table,
                connection,
                sql,
                "ADD COLUMN " + column.quoted() + " " + table.sql(column.type().sql())
                        + (value.equals("NULL") ? "" : " DEFAULT " + value),
                after);
    }

    /** Row 24: the column stays in the lake and is null in later versions. */
    private void drop(WorkloadTable table, Connection connection, Statement sql) throws SQLException {
        List<Column> after = new ArrayList<>(table.columns());
        if (after.size() <= LEAST_COLUMNS) {
            return;
        }
        Column gone = after.remove(random.nextInt(after.size()));
        transaction(table, connection, sql, "DROP COLUMN " + gone.quoted(), after);
    }

    /**
     * Row 24: the new name is a column of its own, and the old one is null in later versions. A table with large values
     * that changes leave out would be held, so only tables that send whole rows get other names.
     */
    private void rename(WorkloadTable table, Connection connection, Statement sql) throws SQLException {
        if (!table.sendsWholeRows()) {
            return;
        }
        List<Column> after = new ArrayList<>(table.columns());
        int place = random.nextInt(after.size());
        Column before = after.get(place);
        Column column = table.renamed(before);
        if (column == null) {
            return;
        }
        after.set(place, column);
        transaction(table, connection, sql, "RENAME COLUMN " + before.quoted() + " TO " + column.quoted(), after);
    }

    /** Alters the table, often between changes of rows in the same transaction, and sometimes in vain. */
    private void transaction(
            WorkloadTable table, Connection connection, Statement sql, String alteration, List<Column> after)
            throws SQLException {
        connection.setAutoCommit(false);
        boolean among = random.nextBoolean();
        if (among) {
            sql.execute(change(table, table.columns()));
        }
        sql.execute("ALTER TABLE " + table.quoted() + " " + alteration);
        if (among) {
            sql.execute(change(table, after));
        }
        if (random.nextInt(5) == 0) {
            connection.rollback();
        } else {
            connection.commit();
            table.columns(after);
        }
        connection.setAutoCommit(true);
    }

    private String change(WorkloadTable table, List<Column> columns) {
        return "UPDATE " + table.quoted() + " SET "
                + columns.subList(Math.max(0, columns.size() - 2), columns.size()).stream()
                        .map(column -> column.quoted() + " = " + table.value(column, random))
                        .collect(Collectors.joining(", "))
                + " WHERE " + table.where(random.nextInt(pace.keys()));
    }

    private void widen(WorkloadTable table, Statement sql) throws SQLException {
        for (Column column : table.columns()) {
            if (column.type().sql().startsWith("varchar")) {
                sql.execute("ALTER TABLE " + table.quoted() + " ALTER " + column.quoted() + " TYPE varchar(200)");
                sql.execute("UPDATE " + table.quoted() + " SET " + column.quoted() + " = repeat('wide ', 30) WHERE "
                        + table.where(random.nextInt(pace.keys())));
            }
        }
    }

    private void label(WorkloadTable table, Statement sql) throws SQLException {
        String label = "label, " + random.nextInt(1000);
        sql.execute("ALTER TYPE " + table.sql("@schema.mood") + " ADD VALUE IF NOT EXISTS '" + label + "'");
        for (Column column : table.columns()) {
            if (column.type().sql().equals("@schema.mood")) {
                sql.execute("UPDATE " + table.quoted() + " SET " + column.quoted() + " = '" + label + "' WHERE "
                        + table.where(random.nextInt(pace.keys())));
            }
        }
    }
}
