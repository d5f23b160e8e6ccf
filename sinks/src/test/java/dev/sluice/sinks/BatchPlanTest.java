package dev.sluice.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

    private static final SourcePartition FIRST = new SourcePartition("t", "uZ3hNDLiTzmlbnQ2tgnvTg", 0);
    private static final SourcePartition SECOND = new SourcePartition("t", "uZ3hNDLiTzmlbnQ2tgnvTg", 1);

    @Test
    void acceptsRecordsOfItsRangesAndNoOthers() {
        BatchPlan plan = plan(new SourceRange(FIRST, 4, 7));

        assertThatCode(() -> plan.require(FIRST, 4, 7)).doesNotThrowAnyException();
        assertThatCode(() -> plan.require(FIRST, 5, 6)).doesNotThrowAnyException();
        for (SourceRange other : List.of(
                new SourceRange(FIRST, 3, 7),
                new SourceRange(FIRST, 4, 8),
                new SourceRange(SECOND, 4, 7),
                new SourceRange(new SourcePartition("u", "x", 0), 4, 7))) {
            assertThatThrownBy(() -> plan.require(other.source(), other.from(), other.until()))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("SNK-016");
        }
    }

    @Test
    void acceptsTheLettersOfOneTopicAndNotThoseOfAnotherOfItsName() {
        SourceRange range = new SourceRange(new SourcePartition(Lake.DEAD_LETTERS, "g", 0), 0, 1);
        BatchPlan plan = new BatchPlan(
                new BatchId("g", 1), List.of(range), List.of(FIRST.at(4).identity()));

        assertThatCode(() -> plan.require(FIRST, 4, 5)).doesNotThrowAnyException();
        assertThatThrownBy(() -> plan.require(new SourcePartition("t", "another", 0), 4, 5))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("SNK-016");
    }

    /** The value was computed with sha256sum over the lines of the Javadoc. */
    @Test
    void hasADigestThatOtherProgramsCanCompute() {
        BatchPlan plan = plan(new SourceRange(SECOND, 0, 2), new SourceRange(FIRST, 4, 7));

        assertThat(plan.ranges()).extracting(SourceRange::source).containsExactly(FIRST, SECOND);
        assertThat(plan.digest()).isEqualTo("0956a2764b4f601fadde53693d975863ff6f6327009a79c5b7cf6b35649abec6");
    }

    @Test
    void hasAnotherDigestForEveryOtherRead() {
        assertThat(List.of(
                                plan(),
                                plan(new SourceRange(FIRST, 4, 7)),
                                plan(new SourceRange(FIRST, 4, 8)),
                                plan(new SourceRange(FIRST, 3, 7)),
                                plan(new SourceRange(SECOND, 4, 7)),
                                plan(new SourceRange(new SourcePartition("t", "another", 0), 4, 7)))
                        .stream()
                        .map(BatchPlan::digest))
                .doesNotHaveDuplicates()
                .hasSize(6);
    }

    private static BatchPlan plan(SourceRange... ranges) {
        return new BatchPlan(new BatchId("g", 1), List.of(ranges));
    }
}
