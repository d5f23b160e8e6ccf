package dev.sluice.deploy.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.lifecycle.LifeCycle;
import dev.sluice.deploy.planner.Holds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTest {

    private static final Instant THEN = Instant.parse("2026-11-30T09:00:00Z");
    private static final Holds.Hold HOLD = new Holds.Hold("shop.t", "shop.t", THEN, "SNK-006", "No fit.", null);

    @Test
    void leadsOnFromTheStateOfTheGatewayFirstAndThenFromADatasetThatIsHeld() {
        assertThat(status(new LifeCycle.Paused(THEN, "DEP-302", "No broker."), List.of(HOLD))
                        .next())
                .isEqualTo("sluice explain DEP-302");
        assertThat(status(new LifeCycle.Opening(THEN, "broker"), List.of(HOLD)).next())
                .isEqualTo("sluice status");
        assertThat(status(new LifeCycle.Streaming(THEN), List.of(HOLD)).next()).isEqualTo("sluice explain SNK-006");
        assertThat(status(new LifeCycle.Streaming(THEN), List.of()).next()).isEqualTo("sluice table list");
    }

    private static Status status(LifeCycle gateway, List<Holds.Hold> held) {
        return new Status(true, gateway, null, null, new Status.Datasets(held, List.of()), null, 0, false);
    }
}
