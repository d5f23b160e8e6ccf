package dev.sluice.cdc.capture.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.ServerFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLineTest {
    private static final TimelineHistory HISTORY = TimelineHistory.parse(
            """
            1\t0/3000148\tno recovery target specified

            2\t0/5000000\tbefore 2026-01-01 00:00:00+00
            """);

    @Test
    void readsAHistoryFile() {
        assertThat(HISTORY.end(1)).contains(Lsn.parse("0/3000148"));
        assertThat(HISTORY.end(2)).contains(Lsn.parse("0/5000000"));
        assertThat(HISTORY.end(3)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0/3000000, ",
        "1, 0/3000148, ",
        "1, 0/3000149, CDC-053",
        "2, 0/5000000, ",
        "2, 0/5000001, CDC-053",
        "3, 0/6000000, ",
        "3, 0/8000000, CDC-024",
        "4, 0/1000000, CDC-010",
        "7, 0/1000000, CDC-010",
    })
    void goesOnOnlyWhereEveryConfirmedPositionMeansTheSame(long timeline, String confirmed, String code) {
        ServerFacts was = new ServerFacts("77", timeline, 5, Lsn.parse(confirmed));
        ServerFacts now = new ServerFacts("77", 3, 5, Lsn.parse("0/7000000"));

        Throwable refusal = catchThrowable(() -> ServerLine.requireSame(was, now, () -> HISTORY));

        if (code == null) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).hasMessageStartingWith(code + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({"78, 5, system identifier", "77, 6, database oid"})
    void refusesAnotherServerOnTheSameTimeline(String system, long database, String what) {
        ServerFacts was = new ServerFacts("77", 3, 5, Lsn.parse("0/1000000"));
        ServerFacts now = new ServerFacts(system, 3, database, Lsn.parse("0/7000000"));

        assertThat(catchThrowable(() -> ServerLine.requireSame(was, now, () -> HISTORY)))
                .hasMessageStartingWith("CDC-010")
                .hasMessageContaining(what);
    }
}
