package dev.sluice.sinks.delta;

import dev.sluice.masking.Guarded;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Changes;
import dev.sluice.sinks.GuardedLine;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.SparkForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A lake in a folder, and the sinks that write it. */
public final class LakeFixture {

    private final SparkSession spark = SparkForTests.session();
    private final Lake lake;
    private final DeltaSinks.Options options;
    private final Set<String> closed = new HashSet<>();
    private DeltaSinks sinks;
    private long number;

    public LakeFixture(Path folder, DeltaSinks.Options options) {
        this(new Lake(folder.resolve("lake").toString(), "analytics", ""), options);
    }

    public LakeFixture(Lake lake, DeltaSinks.Options options) {
        this.lake = lake;
        this.options = options;
        restart();
    }

    /** Forgets everything that is not on disk. */
    public void restart() {
        sinks = new DeltaSinks(spark, lake, options, (id, batch) -> !closed.contains(id));
    }

    public Receipt write(long batch, List<? extends Guarded> records) {
        number = batch + 1;
        return sinks.write(plan(batch, records), GuardedLine.frame(spark, records), new GuardedLine());
    }

    /** An operator gives that letter up. */
    public void discard(String letter) {
        closed.add(letter);
    }

    /** Replays the dead letters at the places of these records. */
    public Receipt replay(long from, Changes changes) {
        return replay(number, from, changes.take());
    }

    public Receipt replay(long batch, long from, List<Guarded> records) {
        number = batch + 1;
        List<String> letters =
                records.stream().map(record -> record.origin().identity()).toList();
        SourcePartition source = new SourcePartition(Lake.DEAD_LETTERS, "g1", 0);
        BatchPlan plan = new BatchPlan(
                new BatchId("g1", batch), List.of(new SourceRange(source, from, from + letters.size())), letters);
        return sinks.write(plan, GuardedLine.frame(spark, records), new GuardedLine());
    }

    /** A batch that replays no record: what is parked behind that letter is looked at. */
    public Receipt free(long batch, String letter) {
        number = batch + 1;
        SourcePartition source = new SourcePartition(Lake.DEAD_LETTERS, "g1", 0);
        BatchPlan plan =
                new BatchPlan(new BatchId("g1", batch), List.of(new SourceRange(source, 0, 1)), List.of(letter));
        return sinks.write(plan, GuardedLine.frame(spark, List.of()), new GuardedLine());
    }

    /** The plan that a gateway makes for these records: one range for each partition. */
    static BatchPlan plan(long batch, List<? extends Guarded> records) {
        Map<SourcePartition, SourceRange> ranges = new LinkedHashMap<>();
        for (Guarded record : records) {
            SourcePartition source = new SourcePartition(
                    record.origin().topic(), "id", record.origin().partition());
            long offset = record.origin().offset();
            ranges.merge(
                    source,
                    new SourceRange(source, offset, offset + 1),
                    (a, b) -> new SourceRange(source, Math.min(a.from(), b.from()), Math.max(a.until(), b.until())));
        }
        return new BatchPlan(new BatchId("g1", batch), List.copyOf(ranges.values()));
    }

    public Receipt write(Changes... changes) {
        List<Guarded> records = new ArrayList<>();
        for (Changes topic : changes) {
            records.addAll(topic.take());
        }
        return write(number, records);
    }

    public Lake lake() {
        return lake;
    }

    public SparkSession spark() {
        return spark;
    }

    /** {@code id name city from to current op} of the customers, times as seconds. */
    public List<String> customers() {
        return rows(
                "analytics/shop.public.customers",
                "concat_ws(' ', id, name, city, date_format(valid_from, 'ss'), coalesce(date_format(valid_to, 'ss'), '-'),"
                        + " is_current, _op)");
    }

    public List<String> rows(String path, String expression) {
        List<String> rows = new ArrayList<>();
        spark.read()
                .format("delta")
                .load(lake.location(path))
                .selectExpr(expression)
                .collectAsList()
                .forEach(row -> rows.add(String.valueOf(row.get(0))));
        rows.sort(null);
        return rows;
    }

    public long version(String path) {
        try (Stream<Path> log = Files.list(Path.of(lake.location(path), "_delta_log"))) {
            return log.filter(f -> f.toString().endsWith(".json")).count() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files below a folder of the lake whose bytes contain the text. */
    public List<String> filesWith(String path, String text) {
        try (Stream<Path> files = Files.walk(Path.of(lake.location(path)))) {
            List<String> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
                if (bytes.contains(text)) {
                    found.add(file.getFileName().toString());
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
