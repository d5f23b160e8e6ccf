package dev.sluice.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.Kind;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.crypto.Envelope;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.treat.Canonical;
import dev.sluice.masking.treat.Samples;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.SubjectPath;
import dev.sluice.policy.decision.Treatment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every table, plan and row: tables, plans and rows are drawn from a seed. */
class ProtectorPropertyTest {

    private static final int PEOPLE = 6;

    @TempDir
    static Path home;

    private static KeyFile keys;
    private static ControlDatabase database;
    private static SubjectKeys people;
    private static Protector protector;
    private static TokenOpener tokens;

    @BeforeAll
    static void open() {
        keys = KeyFile.open(home.resolve("keys"));
        database = ControlDatabase.open(home.resolve("control.db"));
        people = SubjectKeys.open(database, keys, 3, Clock.systemUTC());
        protector = new Protector(keys, people);
        tokens = new TokenOpener(keys, people);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** A drawn table: an id, the person, and 20 fields of drawn types with drawn treatments. */
    private record Table(Plan plan, String personKind) {

        static Table draw(long seed) {
            Random random = new Random(seed);
            List<Field> fields = new ArrayList<>();
            List<Treatment> treatments = new ArrayList<>();
            fields.add(new Field("id", DataType.of(Kind.INT64), false, true));
            treatments.add(random.nextBoolean() ? Treatment.hmac("id") : Treatment.of(Treatment.Kind.KEEP));
            fields.add(new Field("person", DataType.of(Kind.INT32), true, false));
            treatments.add(Treatment.hmac("person"));
            for (int i = 0; i < 20; i++) {
                Kind kind = List.of(Kind.values()).get(random.nextInt(Kind.values().length));
                List<Treatment> fitting = Samples.treatments(kind);
                fields.add(new Field("f" + i, Samples.type(kind), true, false));
                treatments.add(fitting.get(random.nextInt(fitting.size())));
            }
            String kind = "kind" + seed;
            Plan plan = ShopEvents.plan(
                    "plan-" + seed, RowSchema.of(fields), treatments, new SubjectPath(kind, List.of("person")));
            return new Table(plan, kind);
        }

        Row row(Random random, long id, int person) {
            @Nullable Object[] values = new Object[plan.schema().fields().size()];
            values[0] = id;
            values[1] = person;
            for (int i = 2; i < values.length; i++) {
                values[i] = value(plan.schema().fields().get(i), random);
            }
            return new Row(plan.schema(), values);
        }

        private static @Nullable Object value(Field field, Random random) {
            return switch (random.nextInt(6)) {
                case 0 -> null;
                case 1 -> Absent.VALUE;
                default -> Samples.value(field.type().kind(), random.nextInt(40));
            };
        }

        Outcome<Decided> update(long at, Row before, Row after) {
            Row key = new Row(RowSchema.of(plan.schema().fields().subList(0, 1)), after.value(0));
            ChangeEvent event =
                    ShopEvents.event(at, plan.schema(), new Change.Update(before, after), ChangeEvent.Keys.of(key));
            return new Outcome.Accepted<>(new Decided(event, plan));
        }

        List<Outcome<Decided>> batch(long seed, int size) {
            Random random = new Random(seed);
            List<Outcome<Decided>> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int person = random.nextInt(PEOPLE);
                long id = random.nextInt(9);
                batch.add(update(i, row(random, id, person), row(random, id, person)));
            }
            return batch;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyFieldOfEveryImageIsTreatedAsPlanned(long seed) {
        Table table = Table.draw(seed);
        List<Outcome<Decided>> batch = table.batch(seed, 30);
        List<Guarded> results = protector.protect(batch);

        Map<String, Object> seen = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            ChangeEvent event = batch.get(i).fold(Decided::event, rejected -> null);
            ProtectedChange change = (ProtectedChange) results.get(i);
            checkImage(
                    table,
                    event.change().before().orElseThrow(),
                    change.before().orElseThrow(),
                    seen);
            checkImage(
                    table, event.change().after().orElseThrow(), change.after().orElseThrow(), seen);
            assertThat(change.keyText())
                    .contains("[\"" + change.after().orElseThrow().value("id") + "\"]");
        }
    }

    private static void checkImage(Table table, Row clear, Row treated, Map<String, Object> seen) {
        for (int i = 0; i < clear.size(); i++) {
            Field field = table.plan().schema().fields().get(i);
            Treatment treatment = table.plan().fields().get(i).treatment();
            Object in = clear.value(i);
            Object out = treated.value(i);
            if (in == null || in == Absent.VALUE) {
                assertThat(out).isEqualTo(in);
                continue;
            }
            String text = Canonical.text(field.type(), in);
            Object again = seen.putIfAbsent(field.name() + "/" + clear.value("person") + "/" + text, box(out));
            if (again != null) {
                assertThat(box(out)).as("the same value gives the same").isEqualTo(again);
            }
            boolean sealed =
                    treatment.kind() == Treatment.Kind.ENCRYPT || treatment.kind() == Treatment.Kind.QUARANTINE;
            if (sealed) {
                String kid = Envelope.parse((String) out).orElseThrow().kid();
                String person = people.pseudonym(table.personKind(), List.of(String.valueOf(clear.value("person"))));
                assertThat(kid).endsWith("." + person);
                assertThat(tokens.open((String) out, ShopEvents.CUSTOMERS, field.name()))
                        .contains(text);
            } else if (treatment.kind() == Treatment.Kind.HMAC) {
                assertThat((String) out).matches("[a-z2-7]{32}");
            } else if (treatment.kind() == Treatment.Kind.NULL) {
                assertThat(out).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35})
    void afterAnErasureNothingOpensAndNoKeyAppears(long seed) {
        Table table = Table.draw(seed);
        List<Outcome<Decided>> batch = table.batch(seed, 40);
        List<Guarded> before = protector.protect(batch);
        String erased = people.pseudonym(table.personKind(), List.of("2"));
        people.erase(new SubjectKeys.Erasure(erased, table.personKind(), "0/1"));
        int keysBefore = keysInDatabase();
        List<Guarded> after =
                new Protector(keys, SubjectKeys.open(database, keys, 50, Clock.systemUTC())).protect(batch);

        int withheld = 0;
        for (int i = 0; i < batch.size(); i++) {
            ProtectedChange was = (ProtectedChange) before.get(i);
            if (was.subject().orElseThrow().equals(erased)) {
                assertThat(((Withheld) after.get(i)).reason()).isEqualTo(Withheld.WithholdReason.ERASED_SUBJECT);
                assertNothingOpens(table, was.after().orElseThrow());
                withheld++;
            } else {
                assertThat(((ProtectedChange) after.get(i)).after().map(ProtectorPropertyTest::boxed))
                        .isEqualTo(was.after().map(ProtectorPropertyTest::boxed));
            }
        }
        assertThat(withheld).isPositive();
        assertThat(keysInDatabase()).isEqualTo(keysBefore);
    }

    private static void assertNothingOpens(Table table, Row treated) {
        for (int i = 2; i < treated.size(); i++) {
            Field field = table.plan().schema().fields().get(i);
            if (treated.value(i) instanceof String text && Envelope.parse(text).isPresent()) {
                assertThat(tokens.open(text, ShopEvents.CUSTOMERS, field.name()))
                        .isEmpty();
            }
        }
    }

    @Test
    void manyThreadsGetWhatOneGets() throws Exception {
        Table table = Table.draw(99);
        List<List<Outcome<Decided>>> batches = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            batches.add(table.batch(1_000 + i, 25));
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Guarded>>> together = new ArrayList<>();
            for (List<Outcome<Decided>> batch : batches) {
                together.add(pool.submit(() -> protector.protect(batch)));
            }
            for (int i = 0; i < batches.size(); i++) {
                assertThat(boxed(together.get(i).get())).isEqualTo(boxed(protector.protect(batches.get(i))));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Object> boxed(List<Guarded> results) {
        return results.stream()
                .map(r -> (Object) boxed(((ProtectedChange) r).after().orElseThrow()))
                .toList();
    }

    private static List<Object> boxed(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(box(row.value(i)));
        }
        return values;
    }

    /** Bytes compare by content. */
    private static Object box(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return java.util.Arrays.toString(bytes);
        }
        return value == null ? "null" : value;
    }

    private static int keysInDatabase() {
        return database.read(
                "count", h -> h.createQuery("SELECT count(*) FROM subject_key WHERE wrapped_key IS NOT NULL")
                        .mapTo(Integer.class)
                        .one());
    }
}
