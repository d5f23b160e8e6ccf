package dev.sluice.sinks.delta;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.masking.Guarded;
import dev.sluice.sinks.Changes;
import dev.sluice.sinks.GuardedLine;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SparkForTests;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;

/** What a batch of a few small tables costs; run by hand: wall and processor time of each batch. */
public final class BatchCost {

    private BatchCost() {}

    public static void main(String[] args) throws Exception {
        int tables = 6;
        int rows = 300;
        SparkSession spark = SparkForTests.session();
        Path folder = Files.createTempDirectory(Path.of("target"), "cost").toAbsolutePath();
        DeltaSinks sinks = new DeltaSinks(spark, new Lake(folder.toString(), "analytics", ""));
        List<Changes> topics = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            topics.add(new Changes("t" + i));
        }
        Random random = new Random(1);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int batch = 0; batch < Integer.getInteger("batches", 12); batch++) {
            List<Guarded> records = new ArrayList<>();
            for (Changes topic : topics) {
                for (int i = 0; i < rows; i++) {
                    int position = 10 + batch * 1000 + i;
                    if (batch == 0) {
                        topic.insert(position, i, "name" + i, "city");
                    } else {
                        topic.update(position, random.nextInt(rows * 2), "name" + i, "city" + batch);
                    }
                }
                records.addAll(topic.take());
            }
            long cpu = system.getProcessCpuTime();
            long wall = System.nanoTime();
            sinks.write(LakeFixture.plan(batch, records), GuardedLine.frame(spark, records), new GuardedLine());
            System.out.printf(
                    "batch %d: wall %.2f s, cpu %.2f s, load %.1f%n",
                    batch,
                    (System.nanoTime() - wall) / 1e9,
                    (system.getProcessCpuTime() - cpu) / 1e9,
                    system.getSystemLoadAverage());
        }
    }
}
