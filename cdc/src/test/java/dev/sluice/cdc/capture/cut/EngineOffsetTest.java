package dev.sluice.cdc.capture.cut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.capture.postgres.Lsn;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineOffsetTest {

    private static Stream<Arguments> snapshots() {
        return Stream.of(
                Arguments.of(Map.of("lsn", 1L), EngineOffset.Snapshot.NONE),
                Arguments.of(Map.of("snapshot", "INITIAL"), EngineOffset.Snapshot.INSIDE),
                Arguments.of(
                        Map.of("snapshot", "INITIAL", "last_snapshot_record", false), EngineOffset.Snapshot.INSIDE),
                Arguments.of(Map.of("snapshot", "INITIAL", "last_snapshot_record", true), EngineOffset.Snapshot.LAST),
                Arguments.of(Map.of("snapshot", true, "snapshot_completed", true), EngineOffset.Snapshot.LAST));
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void aRecordIsOfTheLogOrOfASnapshot(Map<String, Object> offset, EngineOffset.Snapshot expected) {
        assertThat(EngineOffset.of(offset).snapshot()).isEqualTo(expected);
    }

    @Test
    void theCommitIsConfirmableAndWithoutOneTheChange() {
        assertThat(EngineOffset.of(Map.of("lsn", 0x20L, "lsn_commit", 0x10L)).confirmable())
                .isEqualTo(Optional.of(new Lsn(0x10)));
        assertThat(EngineOffset.of(Map.of("lsn", 0x20L)).confirmable()).isEqualTo(Optional.of(new Lsn(0x20)));
        assertThat(EngineOffset.of(Map.of()).confirmable()).isEmpty();
    }

    @Test
    void aTransactionHasItsNumber() {
        assertThat(EngineOffset.of(Map.of("txId", 7L)).transaction()).isEqualTo(7);
        assertThat(EngineOffset.of(Map.of()).transaction()).isZero();
    }
}
