package dev.sluice.sinks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.Absent;
import dev.sluice.masking.Guarded;
import dev.sluice.sinks.Changes;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways that large batches and large tables take give the same tables as the way of the small ones. */
class SparkPathIT {

    @TempDir
    Path folder;

    @Test
    void writesTheSameTablesAndReceiptsOnEveryWay() {
        PathResult small = run("small", DeltaSinks.Options.DEFAULT);
        PathResult largeTable = run("largeTable", new DeltaSinks.Options(1000, 2, -1));
        PathResult flood = run("flood", new DeltaSinks.Options(0, 2, 64L << 20));

        assertThat(largeTable).isEqualTo(small);
        assertThat(flood).isEqualTo(small);
        assertThat(small.customers()).hasSize(7);
        assertThat(Path.of(folder.toString(), "flood/lake/analytics/shop.public.customers/_delta_log"))
                .as("Spark's commits went through the log store as well: Hadoop's would leave a checksum beside each")
                .isDirectoryContaining("glob:**/00000000000000000001.json")
                .isDirectoryNotContaining("glob:**/.*.json.crc");
    }

    private record PathResult(List<String> customers, List<String> latent, List<String> dead, List<Object> receipts) {}

    private PathResult run(String name, DeltaSinks.Options options) {
        LakeFixture lake = new LakeFixture(folder.resolve(name), options);
        List<Object> receipts = new ArrayList<>();
        long number = 0;
        for (List<Guarded> batch : batches()) {
            receipts.add(comparable(lake.write(number, batch)));
            number++;
        }
        receipts.add(comparable(lake.write(number - 1, batches().get(batches().size() - 1))));
        return new PathResult(
                lake
                        .rows(
                                "analytics/shop.public.customers",
                                "to_json(struct(id, name, city, mail, valid_from, valid_to, is_current, _op, _seq, _key, _subject,"
                                        + " _provenance))")
                        .stream()
                        .map(row -> row.replaceAll("\"batch_id\":\"[^\"]*\"", ""))
                        .toList(),
                lake.rows(Lake.LATENT, "to_json(struct(key, seq, op, hex(image), subject))"),
                lake.rows(Lake.DEAD_LETTERS, "id"),
                receipts);
    }

    private static Object comparable(Receipt receipt) {
        return List.of(receipt.counts(), receipt.ranges(), receipt.seen(), receipt.tables());
    }

    private static List<List<Guarded>> batches() {
        Changes customers = new Changes("customers");
        List<List<Guarded>> batches = new ArrayList<>();
        batches.add(customers
                .read(1, 1, "Ann", "Rome")
                .read(1, 2, "Bob", "Oslo")
                .read(1, 3, "Cyd", "Bonn")
                .marker("TRANSACTION_END")
                .take());
        batches.add(customers
                .update(4, 1, "Ann", "Kyiv")
                .update(5, 1, "Ann", "Kyiv")
                .delete(6, 2)
                .update(7, 9, "Zoe", Absent.VALUE)
                .dead("BAD_MAGIC")
                .take());
        batches.add(customers
                .truncate(10)
                .update(3, 1, "Ann", "Bern")
                .update(5, 1, "Ann", "Kyiv")
                .with(Changes.schema("name", "city", "mail"))
                .insert(12, 3, "Cyd", "Bonn", "c@x")
                .insert(2, 9, "Zoe", "Graz", null)
                .take());
        return batches;
    }
}
