package dev.sluice.deploy.ask;

import dev.sluice.cdc.finding.Finding;
import java.util.List;

/** x. */
public final class Bridge {
    private Bridge() {}
    /** x. */
    public static List<Finding> of(List<dev.sluice.cdc.capture.check.Finding> l) {
        return l.stream()
                .map(f -> new Finding(
                        Finding.Level.valueOf(f.level().name()), f.code(), Finding.Place.of("x"), f.what(), f.fix()))
                .toList();
    }
}
