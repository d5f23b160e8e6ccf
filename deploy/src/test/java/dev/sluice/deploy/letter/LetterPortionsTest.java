package dev.sluice.deploy.letter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sinks.query.DeadLetterView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LetterPortionsTest {

    private static final List<Letter> OPEN =
            List.of(letter("a", 1), letter("b", 1), letter("a", 2), letter("a", 3), letter("b", 2));

    @Test
    void keepsDatasetsApart() {
        assertThat(new LetterPortions(1_000, 1_000).all(OPEN))
                .containsExactly(Set.of("a-0-1", "a-0-2", "a-0-3"), Set.of("b-0-1", "b-0-2"));
    }

    @Test
    void takesNoMoreLettersThanOneBatchHolds() {
        assertThat(new LetterPortions(2, 1_000).all(OPEN))
                .containsExactly(Set.of("a-0-1", "a-0-2"), Set.of("b-0-1", "b-0-2"), Set.of("a-0-3"));
        assertThat(new LetterPortions(2, 1_000).all(List.of())).isEmpty();
    }

    @Test
    void holdsNoMoreBytesThanFitInMemoryAndALargerLetterAlone() {
        assertThat(new LetterPortions(1_000, 29).all(OPEN))
                .containsExactly(Set.of("a-0-1", "a-0-2"), Set.of("b-0-1", "b-0-2"), Set.of("a-0-3"));
        assertThat(new LetterPortions(1_000, 9).all(OPEN)).hasSize(5);
    }

    private static Letter letter(String dataset, int offset) {
        DeadLetterView view = new DeadLetterView(
                dataset + "-0-" + offset,
                Instant.EPOCH,
                dataset,
                new DeadLetterView.DeadLetterReason("DECODE", "BAD_MAGIC", ""),
                10,
                "deadletter-1",
                "g/0",
                null);
        return new Letter(view, LetterState.OPEN, "");
    }
}
