package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.e2e.PlayedDemo.Played;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.truth.Comparison;
import dev.sluice.deploy.truth.KernelReader;
import dev.sluice.deploy.truth.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds the scripted demo to what it promises, by what it leaves. */
@ExtendWith(PlayedDemo.class)
class ScriptedDemoIT {

    private static final int MALFORMED = 8;
    private static final long GIBIBYTE = 1L << 30;
    private static final String ERASED = "7";

    @Test
    void endsWellAndPrintsOneObjectAndNothingElse(Played played) {
        assertThat(played.exitCode()).isZero();
        assertThat(played.output()).hasSize(1);
    }

    @Test
    void staysWithinItsMemory(Played played) {
        assertThat(played.peakBytes()).isBetween(GIBIBYTE / 4, 4 * GIBIBYTE);
    }

    @Test
    void hasSeenEnough(Played played) throws IOException {
        JsonNode summary = played.summary();

        assertThat(summary.at("/source/events").asLong()).isGreaterThanOrEqualTo(2_000);
        assertThat(summary.at("/source/transactions").asLong()).isGreaterThanOrEqualTo(200);
        assertThat(summary.at("/tables")).hasSize(6);
        for (JsonNode table : summary.at("/tables")) {
            assertThat(table.at("/rows").asLong())
                    .as(table.at("/name").asText())
                    .isPositive();
        }
    }

    @Test
    void accountsForEveryRecord(Played played) throws IOException {
        JsonNode accounting = played.summary().at("/accounting");
        long sum = 0;
        for (String part : List.of("applied", "duplicate", "filtered", "suppressed", "dead_lettered", "parked")) {
            sum += accounting.at("/" + part).asLong();
        }

        assertThat(accounting.at("/in").asLong()).isEqualTo(sum).isGreaterThan(2_000);
    }

    @Test
    void putsEveryMalformedRecordAside(Played played) throws IOException {
        assertThat(played.summary().at("/dead_letters").asInt()).isEqualTo(MALFORMED);
    }

    @Test
    void verifiesItsLedgerAndHasErasedThePerson(Played played) throws IOException {
        assertThat(played.summary().at("/ledger/verified").asBoolean()).isTrue();
        assertThat(played.summary().at("/erasures/0/state").asText()).isEqualTo("DONE");
    }

    /** Every version of every key, value by value, against what the database's triggers wrote down. */
    @Test
    void holdsTheHistoryThatTheDatabaseTells(Played played) throws IOException, SQLException {
        Home home = Home.open(played.home());
        Truth truth;
        try (EmbeddedRuntime runtime = EmbeddedRuntime.start(home, Set.of(Part.POSTGRES))) {
            truth = Truth.read(runtime.postgres());
        }
        Comparison comparison = Comparison.of(truth, home.lake());

        assertThat(comparison.expected(Set.of())).hasSizeGreaterThan(1_500);
        assertThat(comparison.stored()).containsExactlyElementsOf(comparison.expected(Set.of(ERASED)));
        assertThat(comparison.faults()).isEmpty();
        assertThat(comparison.pairs()).isGreaterThan(500);
    }

    /** The values are compared above; here, that the product counts the rows that another reader sees. */
    @Test
    void saysWhatAnIndependentReaderFinds(Played played) throws IOException {
        Map<String, Path> tables = KernelReader.tables(played.home().resolve("lake"));

        assertThat(tables).hasSize(6);
        for (JsonNode table : played.summary().at("/tables")) {
            String name = table.at("/name").asText();
            List<Map<String, String>> rows = KernelReader.rows(tables.get(name.substring(name.lastIndexOf('.') + 1)));
            assertThat(rows).as(name).hasSize(table.at("/rows").asInt());
            assertThat(rows.stream().filter(row -> row.get("is_current").equals("true")))
                    .as(name)
                    .hasSize(table.at("/current_rows").asInt());
        }
    }

    @Test
    void leavesNoPersonalValueInClear(Played played) throws IOException {
        CanaryScan scan = CanaryScan.of(played.home());

        assertThat(scan.parquetRows()).isGreaterThan(500);
        assertThat(scan.findings()).isEmpty();
    }
}
