package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.SourceMessage;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every PostgreSQL type, captured and decoded, against what the JDBC driver reads from the same table. */
class TypesZooIT {

    private static final String TABLE = "public.zoo";

    @TempDir
    Path folder;

    @Test
    void readsEveryTypeLikeTheDriverFromSnapshotAndStream() throws Exception {
        TestSource source = TestSource.create(folder, List.of(TABLE), Zoo.create());
        source.database().run(Zoo.rows(0));
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database().run(Zoo.rows(Zoo.STREAMED));
            await().atMost(Duration.ofSeconds(60)).until(() -> source.raw(TABLE).size() >= 2 * Zoo.ROWS);
            List<ChangeEvent> events = events(source, TABLE);

            List<String> differences = new ArrayList<>();
            for (ChangeEvent event : events) {
                compare(source, event.change().after().orElseThrow(), differences);
            }
            assertThat(differences).isEmpty();
            assertThat(events.stream().map(e -> e.change().op()).distinct())
                    .containsExactly(Change.Op.READ, Change.Op.INSERT);
        }
    }

    @Test
    void readsUnchangedLargeValuesAsAbsentUnderTheDefaultReplicaIdentity() throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of("public.docs"),
                "CREATE TABLE docs (id int PRIMARY KEY, small text, must text NOT NULL, grade int NOT NULL DEFAULT 3,"
                        + " ref uuid NOT NULL, big text, blob bytea, j jsonb, js json, x xml, ts text[], ns int[],"
                        + " ls bigint[], ds date[], us uuid[], bs bytea[],"
                        + " fs float8[], nums numeric(9,3)[], bools bool[], num numeric)",
                "INSERT INTO docs SELECT 1, 'a', 'm', 7, gen_random_uuid(), t, decode(t, 'hex'), to_jsonb(t),"
                        + " to_json(t), XMLPARSE(CONTENT t), array_agg(md5(i::text)), array_agg((random() * 1e9)::int),"
                        + " array_agg((random() * 1e15)::bigint), array_agg(date '2000-01-01' + (random() * 1e4)::int),"
                        + " array_agg(gen_random_uuid()), array_agg(decode(md5(i::text), 'hex')),"
                        + " array_agg(random()), array_agg(random()::numeric(9,3)), array_agg(random() > 0.5),"
                        + " (SELECT string_agg((random() * 1e8)::int::text, '') FROM generate_series(1, 2000))::numeric"
                        + " FROM"
                        + " (SELECT string_agg(md5(i::text), '') AS t FROM generate_series(1, 4000) i),"
                        + " generate_series(1, 3000) i GROUP BY t");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database()
                    .run(
                            "UPDATE docs SET small = 'b' WHERE id = 1",
                            "UPDATE docs SET id = 2 WHERE id = 1",
                            "UPDATE docs SET big = 'short', x = NULL, ns = '{}' WHERE id = 2");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> source.raw("public.docs").size() >= 6);
            List<ChangeEvent> events = events(source, "public.docs");

            assertThat(events.get(0).change().after().orElseThrow().value("big"))
                    .asString()
                    .hasSize(128_000);
            String large = "big,blob,j,js,x,ts,ns,ls,ds,us,bs,fs,nums,bools,num";
            assertThat(absent(events.get(1).change().after())).isEqualTo(large);
            assertThat(absent(events.get(2).change().before())).isEqualTo("small,must,grade,ref," + large);
            assertThat(absent(events.get(3).change().after())).isEqualTo(large);
            assertThat(events.get(2).keys().movedTo())
                    .isEqualTo(events.get(3).keys().key());
            assertThat(events.get(3).keys().movedFrom())
                    .isEqualTo(events.get(2).keys().key());
            assertThat(absent(events.get(4).change().after())).isEqualTo("blob,j,js,ts,ls,ds,us,bs,fs,nums,bools,num");
        }
    }

    @Test
    void rejectsWhatHasNoValueAndKeepsUnchangedLargeValuesUnderFullReplicaIdentity() throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of("public.odd"),
                "CREATE TABLE odd (id int PRIMARY KEY, d date, t timestamp, tz timestamptz, ti time, v float8[])",
                "ALTER TABLE odd REPLICA IDENTITY FULL",
                "INSERT INTO odd (id, v) SELECT 1, array_agg(random()) FROM generate_series(1, 5000)");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database()
                    .run(
                            "UPDATE odd SET ti = '02:00' WHERE id = 1",
                            "UPDATE odd SET v = NULL WHERE id = 1",
                            "INSERT INTO odd (id, d) VALUES (4, 'infinity')",
                            "INSERT INTO odd (id, d) VALUES (5, '-infinity')",
                            "INSERT INTO odd (id, t) VALUES (6, 'infinity')",
                            "INSERT INTO odd (id, t) VALUES (7, '-infinity')",
                            "INSERT INTO odd (id, tz) VALUES (8, 'infinity')",
                            "INSERT INTO odd (id, tz) VALUES (9, '-infinity')",
                            "INSERT INTO odd (id, ti) VALUES (10, '24:00')");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> source.raw("public.odd").size() >= 10);

            assertThat(outcomes(source, "public.odd"))
                    .containsExactly(
                            "READ v=5000",
                            "UPDATE v=5000",
                            "UPDATE v=null",
                            "TEMPORAL_RANGE after.d",
                            "TEMPORAL_RANGE after.d",
                            "TEMPORAL_RANGE after.t",
                            "TEMPORAL_RANGE after.t",
                            "TEMPORAL_RANGE after.tz",
                            "TEMPORAL_RANGE after.tz",
                            "TEMPORAL_RANGE after.ti");
        }
    }

    private static String absent(Optional<Row> row) {
        return row.orElseThrow().schema().fields().stream()
                .map(Field::name)
                .filter(name -> row.orElseThrow().value(name) == Absent.VALUE)
                .collect(Collectors.joining(","));
    }

    private List<String> outcomes(TestSource source, String table) {
        AvroDecoder decoder = decoder(source);
        return source.raw(table).stream()
                .map(record -> decoder.decode(raw(record))
                        .fold(
                                message -> summary((ChangeEvent) message),
                                rejected -> rejected.code() + " "
                                        + rejected.detail().replaceAll(":.*", "")))
                .toList();
    }

    private static String summary(ChangeEvent event) {
        Object vector = event.change().after().orElseThrow().value("v");
        return event.change().op() + " v=" + (vector instanceof List<?> list ? list.size() : vector);
    }

    private static void compare(TestSource source, Row row, List<String> differences) throws SQLException {
        try (Connection connection = source.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM zoo WHERE id = " + row.value("id"))) {
            assertThat(rows.next()).isTrue();
            for (Field field : row.schema().fields()) {
                Object driver = Zoo.driverValue(rows, field);
                Object decoded = Zoo.comparable(field.type(), row.value(field.name()));
                if (!Objects.equals(driver, decoded)) {
                    differences.add(
                            row.value("id") + " " + field.name() + ": driver " + driver + ", decoded " + decoded);
                }
            }
        }
    }

    private List<ChangeEvent> events(TestSource source, String table) {
        AvroDecoder decoder = decoder(source);
        List<ChangeEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : source.raw(table)) {
            SourceMessage message = decoder.decode(raw(record)).fold(accepted -> accepted, rejected -> {
                throw new AssertionError(rejected.code() + " " + rejected.detail());
            });
            if (message instanceof ChangeEvent event) {
                events.add(event);
            }
        }
        return events;
    }

    private AvroDecoder decoder(TestSource source) {
        String placeholder = StateFolder.placeholder(folder).orElseThrow();
        return new AvroDecoder(
                source.registry(),
                DecodeSettings.of(source.config().source().name()).withPlaceholders(List.of(placeholder)));
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
        return new RawRecord(
                new Origin(record.topic(), record.partition(), record.offset(), record.timestamp()),
                record.key(),
                record.value(),
                StreamSupport.stream(record.headers().spliterator(), false)
                        .map(header -> new RawRecord.Header(header.key(), header.value()))
                        .toList());
    }
}
