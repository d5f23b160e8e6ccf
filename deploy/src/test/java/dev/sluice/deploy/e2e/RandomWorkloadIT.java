package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.e2e.WorkloadSession.WorkloadPace;
import dev.sluice.deploy.embedded.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions do random transactions on random tables while the gateway runs, and the lake is compared, version by version
 * and value by value, with what triggers of the source have noted. {@code -Dsluice.workload.seed} repeats a run: tables,
 * statements and kills are the same; how the sessions interleave is not.
 */
class RandomWorkloadIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int SESSIONS = 4;
    private static final int SHOWN = 5;

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("sluice.workload.seed", System.nanoTime() % 1_000_000);
    final AtomicInteger committed = new AtomicInteger();
    private GovernedSource source;
    private final List<WorkloadTable> tables = new ArrayList<>();
    private CommandProcess gateway;
    private final WorkloadTime time = new WorkloadTime();
    private long batches;

    /** What a form of the test plays. */
    record Size(
            int schemas, int tables, Duration time, WorkloadPace pace, List<WorkloadKill> kills, int commitsBetween) {}

    Size size() {
        return new Size(
                2,
                2,
                Duration.ZERO,
                new WorkloadPace(40, 60, 200, 400, committed),
                List.of(WorkloadKill.GATEWAY, seed % 2 == 0 ? WorkloadKill.DATABASE : WorkloadKill.BROKER),
                80);
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (source != null) {
            source.close();
        }
    }

    @Test
    void theLakeTellsWhatTheTriggersOfTheSourceTell() throws Exception {
        System.out.println("sluice.workload.seed=" + seed);
        prepare();
        long snapshot;
        try (Connection owner = source.connect()) {
            snapshot = new WorkloadTruth(owner).last();
        }
        gateway = source.running();
        gateway.awaitErr("The pipeline shop is running");
        play();
        assertThat(gateway.handle().destroy()).isTrue();
        assertThat(gateway.exitCode(LONG)).as(gateway.err()).isZero();
        source.once(0);

        assertEqual(snapshot);
        JsonNode status = Cli.json("status", "--home", source.home());
        assertThat(status.at("/unaccounted").asLong()).as(status.toString()).isZero();
        assertThat(status.at("/held")).as(status.toString()).isEmpty();
        source.assertSound();
    }

    private void prepare() throws IOException, SQLException {
        source = GovernedSource.start(folder);
        source.sql("ALTER SYSTEM SET track_commit_timestamp = on");
        source.runtime().restart(Part.POSTGRES);
        source.sql(WorkloadTruth.SETUP.toArray(String[]::new));
        Random random = new Random(seed);
        Size size = size();
        for (int schema = 0; schema < size.schemas(); schema++) {
            String name = schema % 3 == 1 ? "Schema-" + schema : "s" + schema;
            source.sql(
                    "CREATE SCHEMA " + WorkloadTable.quoted(name),
                    "GRANT USAGE ON SCHEMA " + WorkloadTable.quoted(name) + " TO sluice",
                    "CREATE TYPE " + WorkloadTable.quoted(name) + ".mood AS ENUM ('ok', 'sad, so sad', 'Happy')");
            for (int number = 0; number < size.tables(); number++) {
                create(new WorkloadTable(name, schema + number, random));
            }
        }
        fill(random);
    }

    private void create(WorkloadTable table) throws IOException, SQLException {
        source.sql(table.create().toArray(String[]::new));
        source.sql(WorkloadTruth.triggers(table).toArray(String[]::new));
        source.sql(
                "GRANT SELECT ON " + table.quoted() + " TO sluice",
                (tables.isEmpty() ? "CREATE PUBLICATION sluice_shop FOR" : "ALTER PUBLICATION sluice_shop ADD")
                        + " TABLE " + table.quoted());
        List<String> keys =
                table.keys().stream().map(WorkloadTable.Column::name).toList();
        TreeSet<String> others = new TreeSet<>(table.names());
        keys.forEach(others::remove);
        source.governed(table.id(), keys, List.copyOf(others), Map.of());
        tables.add(table);
    }

    /** Rows that the snapshot reads. */
    private void fill(Random random) throws SQLException {
        WorkloadPace pace = new WorkloadPace(size().pace().keys(), 0, 0, 1_000_000, new AtomicInteger());
        new WorkloadSession(source, tables, random, new WorkloadTime(), pace).play(tables.size() * 5);
    }

    private void play() throws Exception {
        ExecutorService sessions = Executors.newCachedThreadPool();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            running.add(sessions.submit(
                    new WorkloadSession(source, tables, new Random(seed * 31 + i), time, size().pace())));
        }
        WorkloadMigrations migrations =
                new WorkloadMigrations(source, tables, new Random(seed * 31 - 1), time, size().pace());
        running.add(sessions.submit(migrations));
        sessions.shutdown();
        try {
            strikeNowAndThen(running);
        } finally {
            time.end();
        }
        for (Future<?> each : running) {
            each.get(1, TimeUnit.MINUTES);
        }
        System.out.println(committed + " transactions, " + migrations.done() + " migrations, seed " + seed);
    }

    private void strikeNowAndThen(List<Future<?>> running) throws Exception {
        Random random = new Random(seed * 17);
        Size size = size();
        Instant end = Instant.now().plus(size.time());
        List<WorkloadKill> all = List.of(WorkloadKill.values());
        for (int i = 0; i < size.kills().size() || Instant.now().isBefore(end); i++) {
            awaitABatch(running);
            awaitCommits(running, size.commitsBetween() / 2 + random.nextInt(size.commitsBetween()));
            strike(i < size.kills().size() ? size.kills().get(i) : WorkloadTable.pick(all, random));
        }
        awaitCommits(running, size.commitsBetween());
    }

    private void awaitCommits(List<Future<?>> running, int more) {
        int until = committed.get() + more;
        time.upTo(until + 2 * size().commitsBetween());
        await("transactions up to " + until, running).until(() -> committed.get() >= until);
    }

    /** So that every kill, of the gateway or of another part, hits a gateway that made progress after the kill before. */
    private void awaitABatch(List<Future<?>> running) {
        long before = batches;
        time.upTo(committed.get() + 2 * size().commitsBetween());
        await("a batch after " + before, running)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    batches = Cli.json("status", "--home", source.home())
                            .at("/batches")
                            .asLong();
                    return batches > before;
                });
    }

    private ConditionFactory await(String what, List<Future<?>> running) {
        return Awaitility.await(what)
                .atMost(LONG)
                .failFast(
                        "the gateway or a session has ended by itself",
                        () -> !gateway.handle().isAlive() || running.stream().anyMatch(Future::isDone));
    }

    private void strike(WorkloadKill kill) throws Exception {
        System.out.println(Instant.now() + " " + kill + " after " + committed + " transactions, seed " + seed);
        if (kill == WorkloadKill.GATEWAY) {
            gateway.handle().destroyForcibly();
            gateway.handle().onExit().get(1, TimeUnit.MINUTES);
            gateway = source.running();
        } else {
            kill.strike(source.runtime());
        }
    }

    private void assertEqual(long snapshot) throws IOException, SQLException {
        List<String> differences = new ArrayList<>();
        int versions = 0;
        try (Connection owner = source.connect()) {
            WorkloadTruth truth = new WorkloadTruth(owner);
            WorkloadLake lake = new WorkloadLake(source.home());
            for (WorkloadTable table : tables) {
                Map<String, List<WorkloadVersion>> expected = truth.versions(table, snapshot);
                versions += expected.values().stream().mapToInt(List::size).sum();
                differences.addAll(truth.differences(table, expected));
                differences.addAll(differences(table, expected, lake.versions(table)));
            }
        }
        System.out.println(versions + " versions compared, seed " + seed + ", " + differences.size() + " keys differ");
        assertThat(differences.stream().limit(SHOWN).toList())
                .as(differences.size() + " keys differ, seed " + seed)
                .isEmpty();
        assertThat(versions).as("versions, seed " + seed).isGreaterThan(200);
    }

    private static List<String> differences(
            WorkloadTable table,
            Map<String, List<WorkloadVersion>> expected,
            Map<String, List<WorkloadVersion>> stored) {
        return Stream.concat(expected.keySet().stream(), stored.keySet().stream())
                .distinct()
                .map(key -> difference(
                        table.id() + " " + key,
                        expected.getOrDefault(key, List.of()),
                        stored.getOrDefault(key, List.of())))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The first difference of a key, or an empty text. */
    private static String difference(String row, List<WorkloadVersion> expected, List<WorkloadVersion> stored) {
        for (int i = 0; i < Math.max(expected.size(), stored.size()); i++) {
            if (i >= expected.size()) {
                return row + " has one version too many of " + stored.size() + ": " + stored.get(i);
            }
            if (i >= stored.size()) {
                return row + " lacks version " + i + " of " + expected.size() + ": " + expected.get(i);
            }
            String one = difference(expected.get(i), stored.get(i));
            if (!one.isEmpty()) {
                return row + " version " + i + " of " + expected.size() + "/" + stored.size() + ": " + one
                        + "; expected next " + next(expected, i) + "; stored next " + next(stored, i);
            }
        }
        return "";
    }

    /** What the version after that one changed, and when. */
    private static String next(List<WorkloadVersion> versions, int place) {
        if (place + 1 >= versions.size()) {
            return "none";
        }
        WorkloadVersion one = versions.get(place);
        WorkloadVersion next = versions.get(place + 1);
        TreeSet<String> names = new TreeSet<>(one.row().keySet());
        names.addAll(next.row().keySet());
        names.removeIf(name -> String.valueOf(one.row().get(name))
                .equals(String.valueOf(next.row().get(name))));
        return "from " + next.from() + " by " + next.transaction() + " changes " + names;
    }

    private static String difference(WorkloadVersion expected, WorkloadVersion stored) {
        if (!expected.row().equals(stored.row())) {
            return new TreeSet<>(Stream.concat(expected.row().keySet().stream(), stored.row().keySet().stream())
                                    .toList())
                            .stream()
                                    .filter(name -> !String.valueOf(
                                                    expected.row().get(name))
                                            .equals(stored.row().get(name)))
                                    .map(name -> name + ": expected <"
                                            + expected.row().get(name) + "> stored <"
                                            + stored.row().get(name) + ">")
                                    .toList()
                    + " in transaction " + expected.transaction() + " / " + stored.transaction();
        }
        boolean moments = (expected.from().isEmpty() || expected.from().equals(stored.from()))
                && expected.to().equals(stored.to())
                && expected.transaction().equals(stored.transaction());
        return moments
                ? ""
                : "expected " + expected.from() + " to " + expected.to() + " by " + expected.transaction() + ", stored "
                        + stored.from() + " to " + stored.to() + " by " + stored.transaction();
    }
}
