package dev.sluice.cdc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.CaptureException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A record with an unknown schema waits, then it may go; many of them may not. */
class UnknownIdsTest {

    private Instant now = Instant.EPOCH;
    private final UnknownIds ids = new UnknownIds(new UnknownIds.Patience(Duration.ofSeconds(60), 2), () -> now);

    @Test
    void waitsForEachIdFromItsFirstRecordOn() {
        refused(7, "a", 0, "CDC-111");
        now = now.plusSeconds(59);
        refused(7, "a", 0, "CDC-111");
        refused(8, "a", 1, "CDC-111");
        now = now.plusSeconds(1);

        accepted(7, "a", 0);
        refused(8, "a", 1, "CDC-111");
    }

    @Test
    void stopsOneTopicAfterItsLimitAndCountsARecordOnce() {
        refused(7, "a", 0, "CDC-111");
        now = now.plusSeconds(60);

        accepted(7, "a", 0);
        accepted(7, "a", 1);
        accepted(7, "a", 0);
        refused(7, "a", 2, "CDC-112");
        accepted(7, "b", 2);
        now = now.plus(Duration.ofMinutes(61));
        accepted(7, "a", 2);
    }

    @Test
    void acceptsAnyNumberWithoutALimit() {
        UnknownIds all = new UnknownIds(new UnknownIds.Patience(Duration.ZERO, 1).withoutLimit(), () -> now);

        assertThatCode(() -> {
                    for (int offset = 0; offset < 100; offset++) {
                        all.admit(7, place("a", offset));
                    }
                })
                .doesNotThrowAnyException();
    }

    private void refused(int id, String topic, int offset, String code) {
        assertThatThrownBy(() -> ids.admit(id, place(topic, offset)))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.dataset()).contains(topic))
                .hasMessageStartingWith(code);
    }

    private void accepted(int id, String topic, int offset) {
        assertThatCode(() -> ids.admit(id, place(topic, offset))).doesNotThrowAnyException();
    }

    private static UnknownIds.RecordPlace place(String topic, int offset) {
        return new UnknownIds.RecordPlace(topic, topic + "/0/" + offset);
    }
}
