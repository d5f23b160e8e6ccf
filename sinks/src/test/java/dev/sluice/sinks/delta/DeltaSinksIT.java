package dev.sluice.sinks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.masking.Guarded;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Changes;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.GuardedLine;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SparkForTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaSinksIT {

    @TempDir
    Path folder;

    private final SparkSession spark = SparkForTests.session();
    private final Changes customers = new Changes("customers");
    private Lake lake;
    private DeltaSinks sinks;
    private long number;

    @BeforeEach
    void open() {
        lake = new Lake(folder.resolve("lake").toString(), "analytics", "");
        sinks = new DeltaSinks(spark, lake);
    }

    private Receipt write(long batch, List<? extends Guarded> records) {
        return sinks.write(new BatchId("g1", batch), GuardedLine.frame(spark, records), new GuardedLine());
    }

    private Receipt write(Changes changes) {
        return write(number++, changes.take());
    }

    private List<String> table() {
        return rows(
                "analytics/shop.public.customers",
                "concat_ws(' ', id, name, city, date_format(valid_from, 'ss'),"
                        + " coalesce(date_format(valid_to, 'ss'), '-'), is_current, _op)");
    }

    private List<String> rows(String path, String expression) {
        List<String> rows = new ArrayList<>();
        spark.read()
                .format("delta")
                .load(lake.location(path))
                .selectExpr(expression)
                .collectAsList()
                .forEach(row -> rows.add(row.getString(0)));
        rows.sort(null);
        return rows;
    }

    @Test
    void writesEveryVersionOfEveryKey() {
        Receipt receipt = write(customers.read(1, 1, "Ann", "Rome").read(1, 2, "Bob", "Oslo"));
        assertThat(receipt.counts()).isEqualTo(Counts.ofChanges(2, 0, 0));

        write(customers.update(2, 1, "Ann", "Bonn").update(3, 1, "Ann", "Kyiv").delete(4, 2));

        assertThat(table())
                .containsExactly(
                        "1 Ann Bonn 02 03 false u",
                        "1 Ann Kyiv 03 - true u",
                        "1 Ann Rome 01 02 false r",
                        "2 Bob Oslo 01 04 false r");
    }

    @Test
    void answersAReplayedBatchWithTheSameReceiptAndNoCommit() {
        write(customers.read(1, 1, "Ann", "Rome").read(1, 2, "Bob", "Oslo"));
        List<Guarded> batch = customers
                .update(2, 1, "Ann", "Bonn")
                .update(3, 1, "Ann", "Bonn")
                .dead("BAD_MAGIC")
                .erased()
                .marker("TRANSACTION_END")
                .take();
        Receipt first = write(1, batch);
        Receipt again = write(1, batch);
        Receipt afterRestart = new DeltaSinks(spark, lake)
                .write(new BatchId("g1", 1), GuardedLine.frame(spark, batch), new GuardedLine());

        assertThat(first.counts()).isEqualTo(new Counts(5, 2, 0, 1, 1, 1, 0));
        assertThat(again).isEqualTo(first);
        assertThat(afterRestart).isEqualTo(first);
    }
}
