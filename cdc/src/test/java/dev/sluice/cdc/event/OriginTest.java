package dev.sluice.cdc.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void readsBackTheIdentityOfEveryPlace() {
        for (Origin at : List.of(
                new Origin("shop.public.a-1-2", "uZ3hNDLiTzmlbnQ2tgnvTg", 0, 17, 0),
                new Origin("t", "-_1-2-3", 4, Long.MAX_VALUE, 0),
                new Origin("t-0-1", 2, 3, 0))) {
            assertThat(Origin.ofIdentity(at.identity())).contains(at);
        }
    }

    @Test
    void namesRecordsOfTwoTopicsOfOneNameApart() {
        assertThat(new Origin("t", "first", 0, 5, 0).identity()).isEqualTo("t-0-5@first");
        assertThat(new Origin("t", "second", 0, 5, 0).identity()).isEqualTo("t-0-5@second");
    }

    @Test
    void readsNoIdentityFromOtherTexts() {
        for (String text : List.of("", "t", "t-0", "t-0-", "t-0-5@", "t-0-5@a@b", "a@b-0-5", "-0-5", "t-0-x")) {
            assertThat(Origin.ofIdentity(text)).as(text).isEmpty();
        }
    }
}
