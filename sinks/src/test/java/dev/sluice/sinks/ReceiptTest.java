package dev.sluice.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceiptTest {

    private static final Receipt SEEN = new Receipt(
            new BatchId("g", 1),
            List.of(new SourceRange(new SourcePartition("t", "id", 0), 4, 7)),
            Counts.ofOthers(3, 0, 0),
            new Receipt.Seen(0, 0, null, null),
            List.of(),
            null);

    @Test
    void refusesDeadLettersThatAreNotThoseItCounts() {
        Counts one = Counts.ofOthers(0, 0, 1);

        assertThatThrownBy(() -> of(one, null)).hasMessageContaining("SNK-018");
        assertThatThrownBy(() -> of(one, new Receipt.DeadLetterCommit("_deadletters", 0, 2)))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("SNK-018");
        assertThat(of(one, new Receipt.DeadLetterCommit("_deadletters", 0, 1)).counts())
                .isEqualTo(one);
    }

    private static Receipt of(Counts counts, Receipt.@Nullable DeadLetterCommit dead) {
        return new Receipt(SEEN.batch(), SEEN.ranges(), counts, SEEN.seen(), List.of(), dead);
    }
}
