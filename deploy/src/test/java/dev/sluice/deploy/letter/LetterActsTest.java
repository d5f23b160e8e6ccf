package dev.sluice.deploy.letter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterActsTest {

    private static final String ID = "shop.orders-0-17";
    private static final SourcePartition ORDERS = new SourcePartition("shop.orders", "id", 0);

    @TempDir
    private Path home;

    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.open(home.resolve("ledger"), NoteKey.open(home.resolve("keys"), "sluice/shop"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aReplayClosesALetterUnlessTheReplayWroteTheLetterAnew() {
        record(0);
        announce(1);
        record(1);

        assertThat(isOpen(0)).isFalse();
        assertThat(isOpen(1)).isTrue();
    }

    @Test
    void aLetterThatALaterReplayRejectedStaysOpenAlsoWhenAKillKeptItsAnnouncementFromTheLedger() {
        record(0);
        announce(1);
        record(1);
        record(2);

        assertThat(isOpen(2)).isTrue();
    }

    @Test
    void aDiscardClosesNoLetterThatALaterBatchWrote() {
        record(0);
        LetterActs.discard(Instant.now(), new TreeSet<>(List.of(ID)), "old").forEach(ledger::append);
        record(1);

        assertThat(isOpen(0)).isFalse();
        assertThat(isOpen(1)).isTrue();
    }

    private boolean isOpen(int batch) {
        return LetterActs.of(ledger).isOpen(ID, new BatchId("g", batch).text());
    }

    private void announce(int batch) {
        LetterActs.replay(Instant.now(), new TreeSet<>(List.of(ID)), new BatchId("g", batch).text())
                .forEach(ledger::append);
    }

    private void record(int batch) {
        Receipt.Seen nothing = new Receipt.Seen(0, 0, null, null);
        SourceRange range = new SourceRange(ORDERS, batch, batch + 1L);
        ledger.record(new Receipt(new BatchId("g", batch), List.of(range), Counts.NONE, nothing, List.of(), null));
    }
}
