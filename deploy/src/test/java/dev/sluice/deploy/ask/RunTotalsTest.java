package dev.sluice.deploy.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TableCommit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTotalsTest {

    @Test
    void countsEachTableOnceAndAddsUpTheRest() {
        Instant began = Instant.parse("2026-12-01T08:00:00Z");
        RunTotals totals = new RunTotals(began);
        assertThat(totals.text(0, began.plusMillis(900)))
                .isEqualTo("Done: tables 0, rows 0, dead letters 0, held 0, time 0 s.");

        totals.add(receipt(0, 2, commit("customers", 5, 0), commit("orders", 3, 1)));
        totals.add(receipt(1, 1, commit("customers", 4, 0), commit("notes", 0, 7)));

        assertThat(totals.text(1, began.plusSeconds(75)))
                .isEqualTo("Done: tables 2, rows 12, dead letters 3, held 1, time 75 s.");
    }

    private static TableCommit commit(String table, long applied, long duplicate) {
        return new TableCommit(table, "lake/" + table, 1, Counts.ofChanges(applied, duplicate, 0), List.of("plan"));
    }

    private static Receipt receipt(long number, long letters, TableCommit... tables) {
        Counts counts = Counts.ofOthers(0, 0, letters);
        for (TableCommit table : tables) {
            counts = counts.plus(table.counts());
        }
        return new Receipt(
                new BatchId("g1", number),
                List.of(),
                counts,
                new Receipt.Seen(0, 0, null, null),
                List.of(tables),
                new Receipt.DeadLetterCommit("_deadletters", 1, letters));
    }
}
