package dev.sluice.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.audit.event.ActionRecorded;
import dev.sluice.audit.event.BatchAbandoned;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.fixture.Plans;
import dev.sluice.audit.fixture.Receipts;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    private Path home;

    private Path folder;
    private NoteKey key;

    @BeforeEach
    void makeKey() {
        folder = home.resolve("ledger");
        key = NoteKey.open(home.resolve("keys"), "sluice/shop");
    }

    @Test
    void recordsABatchOnceAlsoAfterReopening() {
        Audited first;
        try (Ledger ledger = Ledger.open(folder, key)) {
            first = ledger.record(Receipts.batch(0));
            assertThat(first.leaf()).isZero();
            assertThat(first.ranges()).isEqualTo(Receipts.batch(0).ranges());
            assertThat(ledger.record(Receipts.batch(0)).leaf()).isZero();
            assertThat(ledger.record(Receipts.batch(1)).leaf()).isEqualTo(1);
        }
        try (Ledger ledger = Ledger.open(folder, key)) {
            assertThat(ledger.record(Receipts.batch(0)).leaf()).isEqualTo(first.leaf());
            assertThat(ledger.find(new BatchId("g1", 1)).map(Audited::leaf)).contains(1L);
            assertThat(ledger.find(new BatchId("g1", 2))).isEmpty();
            assertThat(ledger.find(new BatchId("g2", 1))).isEmpty();
            assertThat(ledger.size()).isEqualTo(2);
        }
    }

    @Test
    void refusesAnotherContentForARecordedBatchAndGoesOn() {
        try (Ledger ledger = Ledger.open(folder, key)) {
            ledger.record(Receipts.batch(0));
            Receipt other = Receipts.batch("g1", 0, List.of("another plan"));
            assertThatThrownBy(() -> ledger.record(other))
                    .hasMessageContaining("AUD-009")
                    .hasMessageContaining("g1/0");
            assertThat(ledger.record(Receipts.batch(1)).leaf()).isEqualTo(1);
        }
    }

    @Test
    void recordsAWideBatchInSeveralLeavesAndFindsItWhole() {
        Receipt wide = Receipts.wide(1, 700);
        try (Ledger ledger = Ledger.open(folder, key)) {
            ledger.record(Receipts.batch(0));
            assertThat(ledger.record(wide).leaf()).isEqualTo(29);
            assertThat(ledger.record(wide).leaf()).isEqualTo(29);
            assertThat(ledger.receipt(wide.batch())).contains(wide);
        }
        try (Ledger ledger = Ledger.open(folder, key)) {
            assertThat(ledger.find(wide.batch()).map(Audited::receipt)).contains(wide);
            assertThat(ledger.record(wide).leaf()).isEqualTo(29);
        }
    }

    @Test
    void knowsHowFarBatchesHaveReadAlsoAfterReopening() {
        SourcePartition customers = Receipts.source(Receipts.TOPIC);
        Receipt wide = Receipts.wide(1, 60);
        try (Ledger ledger = Ledger.open(folder, key)) {
            assertThat(ledger.positions()).isEmpty();
            assertThat(ledger.nextNumber("g1")).isZero();
            ledger.record(Receipts.batch(0));
            assertThat(ledger.positions()).containsOnly(Map.entry(customers, 10L));
            ledger.record(wide);
            ledger.append(new BatchAbandoned(Instant.EPOCH, new BatchId("g1", 2), "ab", "topic-gone"));
        }
        try (Ledger ledger = Ledger.open(folder, key)) {
            assertThat(ledger.positions())
                    .hasSize(61)
                    .containsEntry(customers, 10L)
                    .containsEntry(wide.ranges().get(59).source(), 20L);
            assertThat(ledger.nextNumber("g1")).isEqualTo(3);
            assertThat(ledger.nextNumber("g2")).isZero();
        }
    }

    @Test
    void recordsAPlanOnceAndFindsAllItsParts() {
        try (Ledger ledger = Ledger.open(folder, key)) {
            assertThat(ledger.activate(Plans.customers(201))).isEqualTo(2);
            assertThat(ledger.activate(Plans.customers(201))).isEqualTo(2);
            assertThat(ledger.plan(Plans.ID)).hasSize(3);
            assertThat(ledger.plan("sha256:other")).isEmpty();
        }
        try (Ledger ledger = Ledger.open(folder, key)) {
            assertThat(ledger.activate(Plans.customers(201))).isEqualTo(2);
        }
    }

    /** Spark interrupts the tasks of a job that fails, and a task may be activating a plan. */
    @Test
    void recordsForAThreadThatIsInterrupted() {
        try (Ledger ledger = Ledger.open(folder, key)) {
            Thread.currentThread().interrupt();
            ledger.activate(Plans.customers(3));
            boolean kept = Thread.interrupted();

            assertThat(kept).isTrue();
            assertThat(ledger.record(Receipts.batch(0)).leaf()).isEqualTo(1);
        }
        assertThat(LedgerReader.open(folder, key.verifier()).size()).isEqualTo(2);
    }

    @Test
    void takesABatchFromItsReceiptOnly() {
        try (Ledger ledger = Ledger.open(folder, key)) {
            assertThatThrownBy(() -> ledger.append(new BatchRecorded(Instant.EPOCH, Receipts.batch(0), 0)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(ledger.size()).isZero();
        }
    }

    @Test
    void isReadWhileItIsWritten() {
        try (Ledger ledger = Ledger.open(folder, key)) {
            for (int i = 0; i < 60; i++) {
                ledger.append(new ActionRecorded(Instant.EPOCH, "test", Map.of("i", String.valueOf(i))));
                if (i % 7 == 0) {
                    LedgerReader reader = LedgerReader.open(folder, key.verifier());
                    assertThat(reader.size()).isEqualTo(i + 1);
                    assertThat(reader.rootHex()).isEqualTo(ledger.rootHex());
                    assertThat(reader.leaf(i)).isEqualTo(ledger.leaf(i));
                }
            }
        }
    }

    @Test
    void stopsWhenItsFolderCannotBeWritten() throws IOException {
        try (Ledger ledger = Ledger.open(folder, key)) {
            ledger.record(Receipts.batch(0));
            Files.createDirectory(folder.resolve("tile/entries/000.p/2"));
            assertThatThrownBy(() -> ledger.record(Receipts.batch(1))).hasMessageContaining("AUD-001");
            assertThatThrownBy(() -> ledger.record(Receipts.batch(1))).hasMessageContaining("AUD-010");
            assertThat(ledger.find(Receipts.batch(1).batch())).isEmpty();
        }
        Files.delete(folder.resolve("tile/entries/000.p/2"));
        try (Ledger ledger = Ledger.open(folder, key)) {
            assertThat(ledger.record(Receipts.batch(1)).leaf()).isEqualTo(1);
        }
        Files.writeString(home.resolve("file"), "");
        assertThatThrownBy(() -> Ledger.open(home.resolve("file/ledger"), key)).hasMessageContaining("AUD-001");
    }
}
