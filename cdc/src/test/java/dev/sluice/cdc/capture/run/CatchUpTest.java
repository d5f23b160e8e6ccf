package dev.sluice.cdc.capture.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.capture.postgres.Lsn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpTest {

    /** Looks as {@code seconds:own:other}, with positions as numbers; the answer to the last look. */
    @ParameterizedTest
    @CsvSource({
        "0:5:5, true",
        "0:9:5, true",
        "0:4:5, false",
        // The other one moves on, and the capture comes to where the other one was.
        "0:4:5 1:5:6, true",
        "0:4:5 14:5:90, true",
        "0:4:5 15:5:90, false",
        // After a long stretch a new one is measured.
        "0:4:5 60:5:90 61:80:91, false",
        "0:4:5 60:5:90 70:90:99, true",
        "0:4:5 60:5:90 80:90:99, false",
        "0:4:5 60:5:90 80:90:99 81:99:100, true",
    })
    void isNearWhenItComesSoonToWhereTheOtherOneWas(String looks, boolean near) {
        CatchUp catchUp = new CatchUp();
        boolean last = false;
        for (String look : looks.split(" ", -1)) {
            String[] parts = look.split(":", -1);
            last = catchUp.isNear(
                    new Lsn(Long.parseLong(parts[1])),
                    new Lsn(Long.parseLong(parts[2])),
                    Long.parseLong(parts[0]) * 1_000_000_000);
        }

        assertThat(last).isEqualTo(near);
    }
}
