package dev.sluice.cdc.capture.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.ServerFacts;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLineTest {
    private static final TimelineHistory HISTORY = TimelineHistory.parse(
            """
            1\t0/3000148\tno recovery target specified

            2\t0/5000000\tbefore 2026-01-01 00:00:00+00
            """);

    /** The server on the third timeline, which knows transaction 7 as committed. */
    private static final ServerLine.Successor NEW = new ServerLine.Successor() {
        @Override
        public TimelineHistory history() {
            return HISTORY;
        }

        @Override
        public boolean isCommitted(long transaction) {
            return transaction == 7;
        }
    };

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

        Throwable refusal = catchThrowable(() -> ServerLine.requireSame(was, now, Optional.empty(), NEW));

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

        assertThat(catchThrowable(() -> ServerLine.requireSame(was, now, Optional.empty(), NEW)))
                .hasMessageStartingWith("CDC-010")
                .hasMessageContaining(what);
    }

    /** The second timeline ended at 0/5000000, and the server has written up to 0/7000000. */
    @ParameterizedTest
    @CsvSource({
        "2, 0/5000000, , , ",
        "2, 0/5000001, , , CDC-053",
        "2, 0/4000000, 0/4800000, 7, ",
        "2, 0/4000000, 0/4800000, 8, CDC-053",
        "2, 0/4000000, 0/5000000, 7, CDC-053",
        "3, 0/6000000, 0/6100000, 8, ",
        "3, 0/7000001, , , CDC-024",
        "3, 0/6000000, 0/7000001, 7, CDC-024",
    })
    void goesOnOnlyWhereTheServerHasWhatIsInTheTopics(
            long timeline, String commit, String change, Long transaction, String code) {
        ServerFacts was = new ServerFacts("77", timeline, 5, Lsn.parse("0/3800000"));
        ServerFacts now = new ServerFacts("77", 3, 5, Lsn.parse("0/7000000"));
        WrittenChanges.Open open = change == null ? null : new WrittenChanges.Open(change, transaction);
        Optional<WrittenChanges> topics = Optional.of(new WrittenChanges(WrittenChanges.VERSION, commit, open));

        Throwable refusal = catchThrowable(() -> ServerLine.requireSame(was, now, topics, NEW));

        if (code == null) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal)
                    .hasMessageStartingWith(code + " ")
                    .hasMessageContaining("capture has written changes up to 0/");
        }
    }
}
