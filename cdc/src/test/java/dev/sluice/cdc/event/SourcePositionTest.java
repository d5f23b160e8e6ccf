package dev.sluice.cdc.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePositionTest {

    @Test
    void ordersSnapshotReadsBelowTheStreamOfTheSameLogPosition() {
        SourcePosition read = new SourcePosition(42, 7, true);
        SourcePosition first = new SourcePosition(42, 1, false);
        SourcePosition second = new SourcePosition(42, 2, false);
        SourcePosition later = new SourcePosition(43, 1, false);

        assertThat(List.of(later, second, read, first).stream().sorted()).containsExactly(read, first, second, later);
    }

    @Test
    void textOrderIsSourceOrderAlsoForPositionsWithTheHighBitSet() {
        List<SourcePosition> inOrder = List.of(
                new SourcePosition(1, 0, true),
                new SourcePosition(1, 0, false),
                new SourcePosition(Long.MAX_VALUE, 3, false),
                new SourcePosition(Long.MIN_VALUE, 0, false),
                new SourcePosition(-1, 0xffffffffL, false));

        assertThat(inOrder.stream().sorted().toList()).isEqualTo(inOrder);
        assertThat(inOrder.stream().map(SourcePosition::seq).sorted().toList())
                .isEqualTo(inOrder.stream().map(SourcePosition::seq).toList());
    }

    @Test
    void readsBackWhatItWrites() {
        SourcePosition position = new SourcePosition(0x1A2B3C40L, 12, false);

        assertThat(position.seq()).isEqualTo("00000000.000000001a2b3c40.1.000000001a2b3c40.0000000c");
        assertThat(SourcePosition.parse(position.seq())).isEqualTo(position);
        assertThat(position.lsn()).isEqualTo("0/1A2B3C40");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1a2b",
                "",
                "00000000.000000001a2b3c40.3.000000001a2b3c40.0000000c",
                "00000000.000000001a2b3c40.1.000000001a2b3c40.0000000C",
                "00000000.000000001a2b3c40.1.000000001a2b3c4g.0000000c",
                "00000000-000000001a2b3c40.1.000000001a2b3c40.0000000c",
                "00000000.000000001a2b3c40.1.000000001a2b3c40.0000000c0"
            })
    void rejectsTextOfAnotherShape(String text) {
        assertThatThrownBy(() -> SourcePosition.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersByTheCommitBeforeAndThenByTheEpoch() {
        SourcePosition waited = new SourcePosition(0, 120, 90, 1, SourcePosition.Arrival.STREAMED);
        SourcePosition before = new SourcePosition(0, 110, 110, 2, SourcePosition.Arrival.STREAMED);
        SourcePosition newLife = new SourcePosition(1, 5, 5, 1, SourcePosition.Arrival.STREAMED);

        assertThat(List.of(newLife, waited, before).stream().sorted()).containsExactly(before, waited, newLife);
        assertThat(List.of(newLife, waited, before).stream()
                        .map(SourcePosition::seq)
                        .sorted())
                .containsExactly(before.seq(), waited.seq(), newLife.seq());
    }

    @Test
    void isTheSameEventWhateverCommitIsKnownBefore() {
        SourcePosition first = new SourcePosition(0, 120, 90, 1, SourcePosition.Arrival.STREAMED);
        SourcePosition again = new SourcePosition(0, 90, 90, 1, SourcePosition.Arrival.FIRST);

        assertThat(again.identity()).isEqualTo(first.identity()).isEqualTo("00000000.s.000000000000005a.00000001");
        assertThat(new SourcePosition(90, 1, true).identity()).isNotEqualTo(first.identity());
        assertThat(new SourcePosition(1, 120, 90, 1, SourcePosition.Arrival.STREAMED).identity())
                .isNotEqualTo(first.identity());
    }
}
