package dev.sluice.deploy.embedded;

import java.util.Locale;

/** The parts that {@link EmbeddedRuntime} can run; stopped in the order from last to first. */
public enum Part {
    POSTGRES,
    KAFKA,
    REGISTRY;

    /** Name in messages, of the state folder and of the log file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
