package dev.sluice.deploy.e2e;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** The same over twenty schemas for ten minutes, with more kills. */
@Tag("nightly")
class RandomWorkloadNightlyIT extends RandomWorkloadIT {

    @Override
    Size size() {
        return new Size(
                20,
                2,
                Duration.ofMinutes(Integer.getInteger("sluice.workload.minutes", 10)),
                new WorkloadSession.WorkloadPace(60, 20, 400, 600, committed),
                List.of(WorkloadKill.values()),
                1500);
    }
}
