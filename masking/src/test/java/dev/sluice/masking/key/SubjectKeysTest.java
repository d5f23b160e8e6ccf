package dev.sluice.masking.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.crypto.Framing;
import dev.sluice.masking.crypto.TokenKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectKeysTest {

    private static final TokenKey.TokenPlace EMAIL = TokenKey.TokenPlace.of("shop.public.customers", "email");
    private static final String NOBODY = "0".repeat(32);

    @TempDir
    Path home;

    private KeyFile keys;
    private ControlDatabase database;
    private SubjectKeys people;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        keys = FixedKeys.in(home);
        database = ControlDatabase.open(home.resolve("control.db"));
        people = reopened();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPersonHasOneKeyForEver() {
        String token = token(people, 1);

        assertThat(token(people, 1)).isEqualTo(token);
        assertThat(token(reopened(), 1)).isEqualTo(token);
        assertThat(token(people, 2)).isNotEqualTo(token);
    }

    /** Written with another implementation (Python) from the known keys. Never changes. */
    @Test
    void readsTheFrozenWrappedKeyAndSealsTheFrozenTokens() {
        byte[] wrapped = HexFormat.of()
                .parseHex("0707070707070707070707078bf5eca209a8b7a71f9c0236a0c661cca1af87df626d095f0d2435bbe01254ab"
                        + "0fe3159f2b8e3b5b7dd23361f7a74d8d");
        database.write("store", handle -> {
            SubjectTable.insertMissing(
                    handle, List.of(new SubjectTable.Fresh(NOBODY, "customer", wrapped)), "2026-11-23T10:00:00Z");
            return 0;
        });
        PersonKey key = people.find(NOBODY).orElseThrow().key().orElseThrow();
        byte[] value = "anna@example.org".getBytes(StandardCharsets.UTF_8);

        assertThat(key.encrypt().seal(EMAIL, value).text())
                .isEqualTo("sl1:a256gcm:person-1." + NOBODY
                        + ":FhgbD_o0tnqSY7JEh727WUgRPHcghfR6KaBs2skJhJNBaTys0DOrWXLq9fQ");
        assertThat(key.quarantine().seal(EMAIL, value).text())
                .isEqualTo("sl1:a256gcm:quarantine-1." + NOBODY
                        + ":c6D8HzHx0oYkM5GK9R_K05NnwuWk4dPhrbI56u-laovos579pC_o-81lTa8");
        assertThat(PersonKey.ofNoPerson(keys).seal(EMAIL, value).text())
                .isEqualTo("sl1:a256gcm:quarantine-1:e-RtoFHgh65KGY_SB1u9TYJCcvpoOxZMZWNg3xIi0PQF2qTIAAT32cICiqw");
    }

    @Test
    void namesPeopleByKindAndValues() {
        assertThat(people.pseudonym("customer", List.of("42"))).isEqualTo("5a91e237403f78ebda783f33a9df7c8b");
        assertThat(Set.of(
                        people.pseudonym("customer", List.of("4", "2")),
                        people.pseudonym("customer", List.of("42", "")),
                        people.pseudonym("customer", List.of("42")),
                        people.pseudonym("employee", List.of("42"))))
                .hasSize(4);
    }

    @Test
    void eightThreadsAgreeOnEveryKey() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try (ControlDatabase other = ControlDatabase.open(home.resolve("control.db"))) {
            List<SubjectKeys> processes = List.of(people, SubjectKeys.open(other, keys, 1_000, Clock.systemUTC()));
            List<Future<Map<Long, String>>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                results.add(pool.submit(() -> {
                    start.await();
                    Map<Long, String> tokens = new HashMap<>();
                    for (int round = 0; round < 20; round++) {
                        Set<Long> ids = new HashSet<>();
                        new Random(round).longs(30, 0, 200).forEach(ids::add);
                        tokens(processes.get(number % 2), ids).forEach((id, token) -> assertThat(tokens.put(id, token))
                                .isIn(null, token));
                    }
                    return tokens;
                }));
            }
            start.countDown();
            Map<Long, String> first = results.get(0).get();
            for (Future<Map<Long, String>> result : results) {
                assertThat(result.get()).isEqualTo(first);
            }
            assertThat(first).hasSizeGreaterThan(150);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anErasedPersonStaysErased() {
        String before = token(people, 1);
        String name = people.pseudonym("customer", List.of("1"));

        assertThat(people.erase(erasure(name))).isTrue();
        assertThat(people.erase(erasure(name))).isFalse();
        assertThat(state(people, 1).erased()).isTrue();
        assertThat(state(people, 1).key()).isEmpty();
        assertThat(state(reopened(), 1).erased()).isTrue();
        assertThat(people.find(name).orElseThrow().erased()).isTrue();
        assertThat(before).isNotEmpty();
        assertThat(rows("state = 'ERASED' AND barrier = '0/16B3748' AND wrapped_key IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void aPersonWhoWasNeverSeenCanBeErased() {
        String name = people.pseudonym("customer", List.of("7"));
        assertThat(people.find(name)).isEmpty();
        assertThat(people.erase(erasure(name))).isTrue();

        assertThat(state(people, 7).erased()).isTrue();
        assertThat(rows("wrapped_key IS NOT NULL")).isZero();
    }

    @Test
    void theMarkerCannotBeRemovedByAnyStatement() {
        String name = people.pseudonym("customer", List.of("1"));
        token(people, 1);
        people.erase(erasure(name));

        assertThatThrownBy(() -> database.write("delete", h -> h.execute("DELETE FROM subject_key")))
                .hasMessageStartingWith("MSK-006");
        assertThatThrownBy(() -> database.write(
                        "revive",
                        h -> h.execute("UPDATE subject_key SET state = 'ACTIVE', kek = 'kek-1', wrapped_key = x'00',"
                                + " erased_at = NULL, barrier = NULL")))
                .hasMessageStartingWith("MSK-006");
        for (String insert : List.of("INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT")) {
            database.write(
                    "replace",
                    h -> h.execute(insert + " INTO subject_key (pseudonym, kind, state, kek, wrapped_key, created_at)"
                            + " VALUES ('" + name + "', 'customer', 'ACTIVE', 'kek-1', x'00', 'now')"));
            assertThat(people.find(name).orElseThrow().erased()).as(insert).isTrue();
        }
        assertThat(state(people, 1).erased()).isTrue();
    }

    @Test
    void anErasureInAnotherProcessIsSeenByTheNextBatch() {
        token(people, 1);
        try (ControlDatabase other = ControlDatabase.open(home.resolve("control.db"))) {
            SubjectKeys cli = SubjectKeys.open(other, keys, 10, Clock.systemUTC());
            cli.erase(erasure(cli.pseudonym("customer", List.of("1"))));
        }

        assertThat(state(people, 1).erased()).isTrue();
    }

    @Test
    void theWrappedKeyIsInNoFileAfterErasure() throws IOException {
        for (long id = 0; id < 50; id++) {
            token(people, id);
        }
        String name = people.pseudonym("customer", List.of("25"));
        byte[] wrapped = database.read(
                "read",
                handle -> SubjectTable.find(handle, Set.of(name)).get(name).wrapped());
        database.scrub();
        assertThat(inFiles(wrapped)).isTrue();

        people.erase(erasure(name));

        assertThat(inFiles(wrapped)).isFalse();
    }

    @Test
    void refusesADatabaseOfAnotherKeyStore() {
        KeyFile others = KeyFile.open(home.resolve("others"));

        assertThatThrownBy(() -> SubjectKeys.open(database, others, 10, Clock.systemUTC()))
                .hasMessageStartingWith("MSK-007");
    }

    @Test
    void makesNoNewKeyInPlaceOfADamagedOne() {
        token(people, 1);
        database.write("damage", h -> h.execute("UPDATE subject_key SET wrapped_key = zeroblob(60)"));

        assertThatThrownBy(() -> token(reopened(), 1)).hasMessageStartingWith("MSK-010");
        database.write("damage", h -> h.execute("UPDATE subject_key SET wrapped_key = zeroblob(3)"));
        assertThatThrownBy(() -> token(reopened(), 1)).hasMessageStartingWith("MSK-010");
    }

    @Test
    void aWrappedKeyBelongsToItsPerson() {
        token(people, 1);
        token(people, 2);
        database.write(
                "swap",
                h -> h.execute("UPDATE subject_key SET wrapped_key = (SELECT wrapped_key FROM"
                        + " subject_key AS other WHERE other.pseudonym <> subject_key.pseudonym)"));

        assertThatThrownBy(() -> token(reopened(), 1)).hasMessageStartingWith("MSK-010");
    }

    @Test
    void keepsABoundedNumberInMemoryAndStillAnswersAll() {
        SubjectKeys small = SubjectKeys.open(database, keys, 5, Clock.systemUTC());
        Set<Long> ids = new HashSet<>();
        for (long id = 0; id < 1_200; id++) {
            ids.add(id);
        }

        assertThat(tokens(small, ids)).hasSize(1_200).isEqualTo(tokens(small, ids));
    }

    @Test
    void showsNoClearValue() {
        SubjectRef person = ref(4711);

        assertThat(person.toString()).doesNotContain("4711");
        assertThat(people.resolve(Set.of(person)).get(person).toString()).doesNotContain("4711");
    }

    @Test
    void theCacheKeepsNothingThatWasReadBeforeAnErasure() {
        KeyCache cache = new KeyCache(10);
        SubjectState stale = SubjectState.erased("a");
        cache.put(1, Map.of("a", stale));
        assertThat(cache.find(1, Set.of("a"))).containsKey("a");
        cache.moveTo(2);
        cache.put(1, Map.of("a", stale));

        assertThat(cache.find(2, Set.of("a"))).isEmpty();
        assertThat(cache.find(1, Set.of("a"))).isEmpty();
    }

    private SubjectKeys reopened() {
        return SubjectKeys.open(database, keys, 1_000, Clock.systemUTC());
    }

    private static SubjectKeys.Erasure erasure(String name) {
        return new SubjectKeys.Erasure(name, "customer", "0/16B3748");
    }

    private static SubjectRef ref(long id) {
        return new SubjectRef("customer", List.of(Long.toString(id)));
    }

    private static SubjectState state(SubjectKeys keys, long id) {
        return keys.resolve(Set.of(ref(id))).get(ref(id));
    }

    private static String token(SubjectKeys keys, long id) {
        return tokens(keys, Set.of(id)).get(id);
    }

    private static Map<Long, String> tokens(SubjectKeys keys, Set<Long> ids) {
        Set<SubjectRef> refs = new HashSet<>();
        ids.forEach(id -> refs.add(ref(id)));
        Map<Long, String> tokens = new HashMap<>();
        keys.resolve(refs)
                .forEach((ref, state) -> tokens.put(
                        Long.valueOf(ref.keyValues().get(0)),
                        state.key()
                                .orElseThrow()
                                .encrypt()
                                .seal(EMAIL, Framing.utf8("x"))
                                .text()));
        return tokens;
    }

    private int rows(String where) {
        return database.read("count", h -> h.createQuery("SELECT count(*) FROM subject_key WHERE " + where)
                .mapTo(Integer.class)
                .one());
    }

    private boolean inFiles(byte[] needle) throws IOException {
        String text = new String(needle, StandardCharsets.ISO_8859_1);
        for (String name : List.of("control.db", "control.db-wal")) {
            Path file = home.resolve(name);
            if (Files.exists(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                return true;
            }
        }
        return false;
    }
}
