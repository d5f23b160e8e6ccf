package dev.sluice.cdc.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

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

        assertThat(position.seq()).isEqualTo("000000001a2b3c40.1.0000000c");
        assertThat(SourcePosition.parse(position.seq())).isEqualTo(position);
        assertThat(position.lsn()).isEqualTo("0/1A2B3C40");
    }

    @Test
    void rejectsTextOfAnotherShape() {
        assertThatThrownBy(() -> SourcePosition.parse("1a2b")).isInstanceOf(IllegalArgumentException.class);
    }
}
