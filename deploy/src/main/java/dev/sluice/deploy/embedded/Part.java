package dev.sluice.deploy.embedded;

import java.util.Locale;

/** Names the parts that {@link EmbeddedRuntime} can run; they are stopped in the order from last to first. */
public enum Part {
    POSTGRES,
    KAFKA,
    REGISTRY;

    /** Name in messages, of the state folder and of the log file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
