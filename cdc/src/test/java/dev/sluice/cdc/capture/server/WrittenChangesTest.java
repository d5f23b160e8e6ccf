package dev.sluice.cdc.capture.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.capture.cut.EngineOffset;
import dev.sluice.cdc.capture.postgres.Lsn;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenChangesTest {

    @Test
    void readsTheOffsetOfARecord() {
        EngineOffset offset = new EngineOffset(
                Optional.of(new Lsn(0x20)), Optional.of(new Lsn(0x10)), -1, EngineOffset.Snapshot.NONE);
        EngineOffset first =
                new EngineOffset(Optional.of(new Lsn(0x20)), Optional.empty(), 0, EngineOffset.Snapshot.NONE);

        assertThat(WrittenChanges.upTo(offset, true))
                .isEqualTo(new WrittenChanges(1, "0/10", new WrittenChanges.Open("0/20", 4_294_967_295L)));
        assertThat(WrittenChanges.upTo(offset, false)).isEqualTo(new WrittenChanges(1, "0/10", null));
        assertThat(WrittenChanges.upTo(first, false).commit()).isEqualTo("0/0");
    }

    /** Transactions come in the order of their commits, and a change may lie before the commit of another one. */
    @ParameterizedTest
    @CsvSource({
        "0/20, , 0/10, , true",
        "0/10, , 0/20, , false",
        "0/20, , 0/20, , false",
        "0/20, 0/5, 0/20, , true",
        "0/20, , 0/20, 0/5, false",
        "0/20, 0/6, 0/20, 0/5, true",
        "0/30, , 0/20, 0/25, true",
        "0/20, 0/40, 0/30, , false",
    })
    void keepsTheFarthest(String commit, String change, String before, String changeBefore, boolean beyond) {
        assertThat(at(commit, change).isBeyond(at(before, changeBefore))).isEqualTo(beyond);
    }

    private static WrittenChanges at(String commit, String change) {
        return new WrittenChanges(1, commit, change == null ? null : new WrittenChanges.Open(change, 7));
    }
}
