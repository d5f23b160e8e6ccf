package dev.sluice.deploy.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanaryTest {

    @Test
    void everyValueMatchesItsPatternAndNoOtherValue() {
        Canary canary = new Canary(1);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            assertThat(seen.add(canary.marker())).isTrue();
            assertThat(seen.add(canary.phone())).isTrue();
            assertThat(seen.add(canary.card())).isTrue();
        }
        for (String value : seen) {
            assertThat(Canary.ALL.stream().filter(p -> p.matcher(value).matches()))
                    .as(value)
                    .hasSize(1);
        }
    }

    @Test
    void looksAsDocumented() {
        Canary canary = new Canary(84);

        assertThat(canary.marker()).isEqualTo("cnry0000002k");
        assertThat(canary.phone()).isEqualTo("+990000000085");
        assertThat(canary.card()).isEqualTo("9990000000000086");
    }

    @Test
    void staysInItsFormWithClockNumbers() {
        Canary canary = new Canary(1_800_000_000_000L);

        assertThat(canary.marker()).matches(Canary.TEXT);
        assertThat(canary.phone()).matches(Canary.PHONE);
        assertThat(canary.card()).matches(Canary.CARD);
    }

    @Test
    void doesNotTakeLongerNumbersForCards() {
        assertThat(Canary.CARD.matcher("19990000000000086").find()).isFalse();
        assertThat(Canary.CARD.matcher("99900000000000861").find()).isFalse();
        assertThat(Canary.CARD.matcher("pan=9990000000000086,").find()).isTrue();
    }
}
