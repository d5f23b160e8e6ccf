package dev.sluice.cdc.capture.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.testkit.TestPostgres;
import dev.sluice.cdc.testkit.TestStack;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotRowsIT {

    @ParameterizedTest
    @CsvSource({
        "empty, 0, 0, 1024, 1024",
        "narrow, 5000, 10, 1024, 1024",
        "wide, 300, 300000, 25, 27",
        "one huge, 1, 20000000, 1, 1",
        "it's \"quoted\", 10, 300000, 25, 27",
    })
    void fetchesFewerRowsOfATableWithWideRows(String name, int rows, int width, int least, int most) throws Exception {
        TestPostgres.Database database = TestStack.shared().postgres().createDatabase();
        TableName table = new TableName("public", name);
        database.run(
                "CREATE TABLE " + table.quoted() + " (id int PRIMARY KEY, text text, json json)",
                "INSERT INTO " + table.quoted() + " SELECT i, repeat('x', " + width + "), '{}' FROM generate_series(1, "
                        + rows + ") i");
        try (Connection connection = database.connect()) {
            assertThat(SnapshotRows.fetchedAtOnce(connection, List.of(table))).isBetween(least, most);
        }
    }

    /** As of a table full of dead rows: the server looks for rows until a time-out, here because of a lock. */
    @Test
    void fetchesFewRowsWhenATableCannotBeSampledInTime() throws Exception {
        TestPostgres.Database database = TestStack.shared().postgres().createDatabase();
        database.run(
                "CREATE TABLE slow (id int PRIMARY KEY)",
                "CREATE TABLE wide (text text)",
                "INSERT INTO wide VALUES (repeat('x', 5000000))",
                "ALTER DATABASE " + database.name() + " SET statement_timeout = '300ms'");
        TableName slow = new TableName("public", "slow");
        try (Connection other = database.connect();
                Statement lock = other.createStatement();
                Connection connection = database.connect()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE slow");

            assertThat(SnapshotRows.fetchedAtOnce(connection, List.of(slow))).isEqualTo(8);
            assertThat(SnapshotRows.fetchedAtOnce(connection, List.of(slow, new TableName("public", "wide"))))
                    .isEqualTo(1);
        }
    }
}
