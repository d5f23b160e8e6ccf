package dev.sluice.deploy.pipeline.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceStatementsTest {

    private static final Place DB = Place.of("db:5432/shop");

    @Test
    void putsWhatIsNeededFirstAndRepeatsNothing() {
        List<Finding> findings = List.of(
                Finding.ok("A", DB, "Fine."),
                Finding.warn("B", DB, "Slow.", "ALTER TABLE \"a\".\"b\" REPLICA IDENTITY FULL"),
                Finding.fail("C", DB, "Off.", "ALTER SYSTEM SET wal_level = 'logical' -- then restart the server"),
                Finding.fail(
                        "D", DB, "Shut.", "GRANT USAGE ON SCHEMA \"a\" TO \"r\"; GRANT SELECT ON \"a\".\"b\" TO \"r\""),
                Finding.fail(
                        "D", DB, "Shut.", "GRANT USAGE ON SCHEMA \"a\" TO \"r\"; GRANT SELECT ON \"a\".\"b\" TO \"r\""),
                Finding.fail("E", DB, "Gone.", "Correct the name."));

        assertThat(SourceStatements.of(findings))
                .containsExactly(
                        "-- Needed:",
                        "ALTER SYSTEM SET wal_level = 'logical'; -- then restart the server",
                        "GRANT USAGE ON SCHEMA \"a\" TO \"r\"; GRANT SELECT ON \"a\".\"b\" TO \"r\";",
                        "-- Advised:",
                        "ALTER TABLE \"a\".\"b\" REPLICA IDENTITY FULL;");
        assertThat(findings).filteredOn(SourceStatements::isSql).hasSize(4);
    }

    @Test
    void isEmptyForASourceThatIsReady() {
        assertThat(SourceStatements.of(List.of(Finding.ok("A", DB, "Fine.")))).isEmpty();
    }
}
