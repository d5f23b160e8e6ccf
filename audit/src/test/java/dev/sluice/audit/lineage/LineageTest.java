package dev.sluice.audit.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.audit.fixture.Plans;
import dev.sluice.audit.fixture.Receipts;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.lineage.RowProvenance.RawPlace;
import dev.sluice.audit.lineage.RowProvenance.SourceEvent;
import dev.sluice.audit.lineage.RowProvenance.Treated;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
    @TempDir
    private Path home;

    private Ledger ledger;

    @BeforeEach
    void recordPlanAndBatches() {
        ledger = Ledger.open(home.resolve("ledger"), NoteKey.open(home.resolve("keys"), "sluice/shop"));
        ledger.activate(Plans.customers(150));
        ledger.record(Receipts.batch("g1", 0, List.of(Plans.ID)));
        ledger.record(Receipts.batch("g1", 1, List.of(Plans.ID)));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void leadsFromTheValueToTheLedger() {
        LineageRecord email = new Lineage(ledger)
                .row(row(12, "g1/1", Plans.ID)).stream()
                        .filter(column -> column.rule().field().equals("email"))
                        .findFirst()
                        .orElseThrow();

        assertThat(email.text("tok_8Zk"))
                .isEqualTo(
                        """
                        tok_8Zk <- shop.public.customers.email @ lsn 0/1A10 tx 802 (2026-11-12T10:03:11Z, update)
                                <- record shop.public.customers/0/12 schema 7
                                <- rule contact rules/contact.yaml:12 (hmac domain=email, category user.contact.email)
                                <- plan %s for analytics, reporting <- ledger leaf 1
                                <- batch g1/1 <- ledger leaf 3 of 4, root %s"""
                                .formatted(Plans.ID, ledger.rootHex()));
    }

    @Test
    void answersForEveryColumnAndSaysWhichWereTakenOver() {
        List<LineageRecord> row = new Lineage(ledger).row(row(12, "g1/1", Plans.ID));
        assertThat(row).hasSize(150);
        assertThat(row.get(0).takenOver()).isFalse();
        assertThat(row.get(1).takenOver()).isTrue();
        assertThat(row.get(1).text("Paris")).contains("taken over from the version before");
        assertThat(row.get(149).json())
                .containsEntry("source_column", "shop.public.customers.extra_149")
                .containsEntry("treatment", "quarantine")
                .containsEntry("rule_place", "built-in")
                .containsEntry("batch_leaf", 3L)
                .containsEntry("ledger_root", ledger.rootHex());
    }

    /** A replay reads no topic; the batch that read the record made the dead letter. */
    @Test
    void followsARowThatCameByAReplayOfItsDeadLetter() {
        SourceRange letters = new SourceRange(Receipts.source("_deadletters"), 0, 1);
        TableCommit table = new TableCommit(
                Receipts.TOPIC, "analytics/" + Receipts.TOPIC, 2, Counts.ofChanges(1, 0, 0), List.of(Plans.ID));
        ledger.record(new Receipt(
                new BatchId("g1", 2),
                List.of(letters),
                Counts.ofChanges(1, 0, 0),
                new Receipt.Seen(1, 0, null, null),
                List.of(table),
                null));

        assertThat(new Lineage(ledger).row(row(12, "g1/2", Plans.ID))).hasSize(150);
        assertThatThrownBy(() -> new Lineage(ledger).row(row(20, "g1/2", Plans.ID)))
                .hasMessageContaining("batch g1/2 did not read it");
    }

    @Test
    void believesNoRowThatTheLedgerContradicts() {
        Lineage lineage = new Lineage(ledger);
        assertThatThrownBy(() -> lineage.row(row(12, "g1/2", Plans.ID)))
                .hasMessageContaining("AUD-013")
                .hasMessageContaining("batch g1/2 is not in the ledger");
        assertThatThrownBy(() -> lineage.row(row(12, "g1/0", Plans.ID)))
                .hasMessageContaining("batch g1/0 did not read it");
        assertThatThrownBy(() -> lineage.row(row(12, "g1/1", "sha256:other")))
                .hasMessageContaining("plan sha256:other is not in the ledger");
        ledger.record(Receipts.batch("g1", 2, List.of()));
        assertThatThrownBy(() -> lineage.row(row(22, "g1/2", Plans.ID)))
                .hasMessageContaining("batch g1/2 did not use it");
    }

    private static RowProvenance row(long offset, String batch, String plan) {
        return new RowProvenance(
                new DatasetId("shop", "public", "customers"),
                new SourceEvent("e1", "0/1A10", "802", Instant.parse("2026-11-12T10:03:11Z"), "update"),
                new RawPlace(Receipts.TOPIC, 0, offset, 7),
                Treated.of(plan, batch),
                List.of("city"));
    }
}
