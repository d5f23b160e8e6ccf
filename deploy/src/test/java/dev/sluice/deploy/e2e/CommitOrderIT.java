package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight sessions insert and delete the same four keys. PostgreSQL writes a row into its log before it waits for the
 * transaction that holds the key, so the order of log positions is often not the order of commits; an index that is
 * slow to maintain makes that frequent. The history must show every row that ever lived, and end as the source does.
 */
class CommitOrderIT {

    private static final int SESSIONS = 8;
    private static final int KEYS = 4;

    @TempDir
    private static Path folder;

    private static GovernedSource source;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** How many rows of each key came to live. */
    private static final Map<Integer, AtomicInteger> LIVES = new TreeMap<>();

    @BeforeAll
    static void prepare() throws IOException, SQLException {
        source = GovernedSource.start(folder);
        source.sql(
                "CREATE TABLE race (id int NOT NULL, words text)",
                "CREATE INDEX ON race USING gin (to_tsvector('simple', words)) WITH (fastupdate = off)",
                "ALTER TABLE race ADD PRIMARY KEY (id)",
                "CREATE TABLE entry (id int PRIMARY KEY, words text)",
                "CREATE TABLE line (id int PRIMARY KEY, words text)");
        source.table("race", "words")
                .table("entry", "words")
                .table("line", "words")
                .once(0);
    }

    @AfterAll
    static void stop() {
        source.close();
    }

    @Test
    void lakeAndSourceAgreeAfterARace() throws Exception {
        race(8_000);
    }

    @Test
    @Tag("nightly")
    void lakeAndSourceAgreeAfterALongRace() throws Exception {
        race(100_000);
    }

    /** A transaction with number n writes one row to one table and some rows to the other. */
    @Test
    void noBatchDividesATransactionThatABatchCanTake() throws IOException, SQLException {
        List<Integer> lines = new ArrayList<>();
        Random random = new Random(7);
        try (Connection owner = source.connect();
                Statement sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            int id = 0;
            for (int n = 0; n < 300; n++) {
                int size = n == 150 ? 900 : random.nextInt(6);
                sql.execute("INSERT INTO entry VALUES (" + n + ", 'x')");
                sql.execute(
                        "INSERT INTO line SELECT n, 'x' FROM generate_series(" + id + ", " + (id + size - 1) + ") n");
                owner.commit();
                id += size;
                lines.add(size);
            }
        }
        source.maxRecords(400).once(0);
        source.maxRecords(100_000);

        assertThat(divided(lines)).as("batches inside the large transaction").isBetween(1, 4);
        JsonNode status = Cli.json("status", "--home", source.home());
        assertThat(status.at("/accounted_to").asText()).matches("0:[0-9A-F]+/[0-9A-F]+");
        assertThat(status.at("/unaccounted").asLong()).isZero();
        source.assertSound();
    }

    /** Number of batches that end at no cut; every other batch holds whole transactions only. */
    private static int divided(List<Integer> lines) {
        LedgerReader ledger = new HomeLedger(Home.existing(source.home())).read();
        Map<String, Long> rows = new TreeMap<>();
        int divided = 0;
        int batches = 0;
        for (long leaf = 0; leaf < ledger.size(); leaf++) {
            if (!(ledger.leaf(leaf) instanceof BatchRecorded batch)) {
                continue;
            }
            batch.receipt()
                    .tables()
                    .forEach(table -> rows.merge(table.dataset(), table.counts().applied(), Long::sum));
            long entries = rows.getOrDefault("shop.public.entry", 0L);
            boolean whole = batch.receipt().seen().accounted() != null;
            divided += whole ? 0 : 1;
            batches++;
            if (whole) {
                assertThat(rows.getOrDefault("shop.public.line", 0L))
                        .as("lines of the first %d transactions, after batch %d", entries, batches)
                        .isEqualTo(lines.stream()
                                .limit(entries)
                                .mapToLong(size -> size)
                                .sum());
            }
        }
        assertThat(batches - divided).as("batches that end at a cut").isGreaterThan(3);
        return divided;
    }

    private static void race(int changes) throws Exception {
        AtomicInteger left = new AtomicInteger(changes);
        ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Random random = new Random(i + 31L * changes);
            running.add(sessions.submit(() -> {
                session(random, left);
                return null;
            }));
        }
        for (Future<?> session : running) {
            finished(session);
        }
        sessions.shutdown();
        source.once(0);

        assertAgrees();
    }

    private static void finished(Future<?> session) throws InterruptedException {
        try {
            session.get();
        } catch (ExecutionException e) {
            throw new AssertionError("A session failed.", e.getCause());
        }
    }

    private static void session(Random random, AtomicInteger left) throws SQLException {
        try (Connection owner = source.connect();
                Statement setting = owner.createStatement();
                PreparedStatement insert =
                        owner.prepareStatement("INSERT INTO race VALUES (?, 'row ' || ?) ON CONFLICT DO NOTHING");
                PreparedStatement plain = owner.prepareStatement("INSERT INTO race VALUES (?, 'row ' || ?)");
                PreparedStatement delete = owner.prepareStatement("DELETE FROM race WHERE id = ?")) {
            setting.execute("SET synchronous_commit = off");
            while (left.get() > 0) {
                int key = random.nextInt(KEYS);
                if (random.nextBoolean()) {
                    delete.setInt(1, key);
                    left.addAndGet(-delete.executeUpdate());
                } else {
                    int made = insert(random.nextInt(8) == 0 ? insert : plain, key);
                    LIVES.get(key).addAndGet(made);
                    left.addAndGet(-made);
                }
            }
        }
    }

    private static int insert(PreparedStatement insert, int key) throws SQLException {
        insert.setInt(1, key);
        insert.setInt(2, NUMBER.incrementAndGet());
        try {
            return insert.executeUpdate();
        } catch (SQLException taken) {
            assertThat(taken.getSQLState()).as(taken.getMessage()).isEqualTo("23505");
            return 0;
        }
    }

    private static void assertAgrees() throws SQLException {
        for (int key = 0; key < KEYS; key++) {
            JsonNode versions = source.history("race", key);
            List<String> words = new ArrayList<>();
            String open = "";
            Instant before = Instant.MIN;
            for (JsonNode version : versions) {
                words.add(version.at("/words").asText());
                Instant from = Instant.parse(version.at("/valid_from").asText());
                assertThat(from).as("versions of key %d follow each other", key).isAfterOrEqualTo(before);
                boolean holds = version.at("/valid_to").isNull();
                before = holds
                        ? Instant.MAX
                        : Instant.parse(version.at("/valid_to").asText());
                open = holds ? version.at("/words").asText() : "";
            }
            assertThat(words)
                    .as("every row of key %d that lived", key)
                    .doesNotHaveDuplicates()
                    .hasSize(LIVES.get(key).get());
            assertThat(open).as("the row of key %d", key).isEqualTo(inSource(key));
        }
        source.assertSound();
    }

    private static String inSource(int key) throws SQLException {
        try (Connection owner = source.connect();
                PreparedStatement query = owner.prepareStatement("SELECT words FROM race WHERE id = ?")) {
            query.setInt(1, key);
            ResultSet row = query.executeQuery();
            return row.next() ? row.getString(1) : "";
        }
    }

    static {
        for (int key = 0; key < KEYS; key++) {
            LIVES.put(key, new AtomicInteger());
        }
    }
}
