package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.sinks.SourceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that somebody else's Kafka Connect filled, in transactions, is governed as one of ours is. */
class ForeignTopicIT {

    private static final int TOMBSTONES = 3;
    private static final int IN_LAST_ABORTED = 40;

    @TempDir
    private static Path folder;

    private static Path home;
    private static Path pipeline;
    private static EmbeddedRuntime runtime;
    private static ForeignConnect connect;
    private static String output;

    @BeforeAll
    static void govern() throws IOException, InterruptedException, ExecutionException {
        runtime = EmbeddedRuntime.start(Home.open(folder.resolve("elsewhere")), EnumSet.of(Part.KAFKA, Part.REGISTRY));
        connect = new ForeignConnect(runtime);
        fill();
        home = folder.resolve("home");
        pipeline = ForeignConnect.pipeline(folder, runtime, "100ms", 16);
        output = once();
    }

    @AfterAll
    static void stop() {
        connect.close();
        runtime.close();
    }

    /** Nobody writes between the tests but the last one, which leaves a transaction open. */
    private static void fill() {
        GenericData.Record ana = connect.customer(1, "Porto", "cnry00000001");
        GenericData.Record moved = connect.customer(1, "Faro", "cnry00000001");
        GenericData.Record bea = connect.customer(2, "Braga", "cnry00000002");
        GenericData.Record eve = connect.customer(7, "Lagos", "cnry00000007");
        connect.committed(() -> {
            connect.read(ana, "first");
            connect.read(bea, "true");
            connect.read(connect.customer(3, "Evora", "cnry00000003"), "last_in_data_collection");
            connect.read(connect.customer(4, "Beja", "cnry00000004"), "last");
        });
        connect.aborted(() -> connect.create(connect.customer(100, "Nowhere", "cnry0000000a")));
        connect.committed(() -> {
            connect.update(ana, moved);
            connect.create(eve);
            connect.update(connect.customer(3, "Sines", "cnry00000003"));
            connect.delete(bea);
        });
        connect.committed(() -> {
            connect.update(moved, connect.customer(1, "Porto", "cnry00000001"));
            connect.delete(eve);
            connect.rekey(connect.customer(4, "Beja", "cnry00000004"), connect.customer(5, "Beja", "cnry00000004"));
        });
        // More than a batch takes, and the last: the batches at the end have no record at all.
        connect.aborted(() -> {
            for (long id = 101; id <= 100 + IN_LAST_ABORTED; id++) {
                connect.create(connect.customer(id, "Nowhere", "cnry0000000b"));
            }
        });
    }

    private static String once() {
        Cli run = Cli.run("run", "-f", pipeline, "--once", "--limit", "60", "--home", home);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void printsNothingAndCountsEveryCommittedRecord() {
        JsonNode status = Cli.json("status", "--home", home);

        assertThat(output).isEmpty();
        assertThat(status.at("/in").asLong()).isEqualTo(connect.written());
        assertThat(status.at("/filtered").asLong()).isEqualTo(TOMBSTONES);
        assertThat(status.at("/applied").asLong()).isEqualTo(connect.written() - TOMBSTONES);
    }

    @Test
    void keepsEveryVersionInTheOrderOfTheSource() {
        assertThat(cities(1)).containsExactly("Porto", "Faro", "Porto");
        assertThat(cities(2)).containsExactly("Braga");
        assertThat(cities(3)).containsExactly("Evora", "Sines");
        assertThat(cities(4)).containsExactly("Beja");
        assertThat(cities(5)).containsExactly("Beja");
        assertThat(cities(7)).containsExactly("Lagos");
        assertThat(current()).isEqualTo(3);
        assertThat(history(2).get(0).at("/valid_to").isNull()).isFalse();
        assertThat(history(1).get(0).at("/valid_to"))
                .isEqualTo(history(1).get(1).at("/valid_from"));
    }

    @Test
    void treatsEveryFieldAsThePolicySays() throws IOException {
        JsonNode row = history(4).get(0);

        assertThat(row.at("/country").asText()).isEqualTo("PT");
        assertThat(row.at("/created_at").asText()).startsWith("2026-11-01T08:00:00");
        assertThat(row.at("/email").asText()).isNotEmpty().doesNotContain("@");
        assertThat(row.at("/full_name").asText()).isNotEmpty().doesNotContain("Ana");
        assertThat(row.has("street")).isFalse();
        assertThat(history(1).get(0).at("/email")).isEqualTo(history(1).get(2).at("/email"));
        CanaryScan scan = CanaryScan.of(home);
        assertThat(scan.parquetRows()).isGreaterThan(5);
        assertThat(scan.findings()).isEmpty();
    }

    @Test
    void neverSeesWhatWasAborted() {
        assertThat(history(100)).isEmpty();
        assertThat(history(101)).isEmpty();
        assertThat(Cli.json("dlq", "list", "--home", home)).isEmpty();
    }

    @Test
    void verifiesAndCoversEveryOffset() throws Exception {
        JsonNode verified = Cli.json("audit", "verify", "--home", home);
        Map<TopicPartition, Long> read = new HashMap<>();
        long emptyBatches = 0;
        for (BatchRecorded batch : batches()) {
            for (SourceRange range : batch.receipt().ranges()) {
                TopicPartition partition = new TopicPartition(
                        range.source().topic(), range.source().partition());
                assertThat(range.from()).isEqualTo(read.getOrDefault(partition, 0L));
                read.put(partition, range.until());
            }
            emptyBatches += batch.receipt().counts().in() == 0 ? 1 : 0;
        }

        assertThat(verified.at("/verified").asBoolean()).isTrue();
        assertThat(read).isEqualTo(committedEnds());
        assertThat(emptyBatches).isPositive();
    }

    @Test
    void endsAtOnceWhenNothingIsNewAndATransactionIsOpen() throws IOException {
        long before = batches().size();
        connect.open(() -> connect.create(connect.customer(9, "Nowhere", "cnry00000009")));

        assertThat(once()).isEmpty();

        assertThat(batches()).hasSize((int) before);
        assertThat(history(9)).isEmpty();
    }

    @Test
    void validateAsksEveryPartOfTheStart() throws IOException {
        assertThat(failed(pipeline)).isEmpty();

        String text = Files.readString(pipeline);
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"),
                text.replace("name: shop", "name: stock").replace("/apis/ccompat/v7", "/apis/none"));

        assertThat(failed(wrong)).containsExactly("DEP-301", "CDC-102", "DEP-123");
    }

    private static List<String> failed(Path file) {
        Cli answer = Cli.run("validate", "-f", file, "--against-source", "--home", home, "-o", "json");
        List<String> codes = new ArrayList<>();
        for (JsonNode finding : answer.json()) {
            if (finding.at("/level").asText().equals("FAIL")) {
                codes.add(finding.at("/code").asText());
            }
        }
        assertThat(answer.code()).isEqualTo(codes.isEmpty() ? 0 : 3);
        return codes;
    }

    private static JsonNode history(long id) {
        return Cli.json("table", "history", "customers", "--key", id, "--home", home);
    }

    private static List<String> cities(long id) {
        List<String> cities = new ArrayList<>();
        history(id).forEach(version -> cities.add(version.at("/city").asText()));
        return cities;
    }

    private static int current() {
        return Cli.json("table", "list", "--home", home).at("/0/current_rows").asInt();
    }

    private static List<BatchRecorded> batches() {
        LedgerReader ledger = new HomeLedger(Home.open(home)).read();
        List<BatchRecorded> batches = new ArrayList<>();
        for (long leaf = 0; leaf < ledger.size(); leaf++) {
            if (ledger.leaf(leaf) instanceof BatchRecorded batch) {
                batches.add(batch);
            }
        }
        return batches;
    }

    private static Map<TopicPartition, Long> committedEnds() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int i = 0; i < ForeignConnect.PARTITIONS; i++) {
            asked.put(new TopicPartition(ForeignConnect.TOPIC, i), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", runtime.kafkaBootstrap()))) {
            admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
        }
        return ends;
    }
}
