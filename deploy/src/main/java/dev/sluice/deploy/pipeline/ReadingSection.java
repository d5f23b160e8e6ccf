package dev.sluice.deploy.pipeline;

import java.time.Duration;

/** Reads the settings that say how raw records are read. */
final class ReadingSection {

    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

    private ReadingSection() {}

    /** The settings of that pipeline file. */
    static Pipeline.RawReading of(Settings top) {
        Settings registry = top.section("registry");
        Duration unknownId = registry.has("unknown-id")
                ? registry.value("unknown-id", SettingForms::duration, USUAL_WAIT, "a time such as 30s or 5m")
                : USUAL_WAIT;
        registry.rejectUnknown();
        return new Pipeline.RawReading(unknownId);
    }
}
