package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.decode.DecodeSettings;
import java.time.Duration;

/** Reads the settings that say how raw records are read. */
final class ReadingSection {

    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

    private ReadingSection() {}

    /** The settings in the sections {@code source} and {@code registry}. */
    static Pipeline.RawReading of(Settings source, Settings registry) {
        Duration unknownId = registry.has("unknown-id")
                ? registry.value("unknown-id", SettingForms::duration, USUAL_WAIT, "a time such as 30s or 5m")
                : USUAL_WAIT;
        registry.rejectUnknown();
        return new Pipeline.RawReading(unknownId, wire(source));
    }

    private static DecodeSettings.Wire wire(Settings source) {
        if (!source.has("format")) {
            return DecodeSettings.Wire.AVRO;
        }
        DecodeSettings.Wire wire =
                source.value("format", ReadingSection::wire, DecodeSettings.Wire.AVRO, "avro or json");
        if (wire == DecodeSettings.Wire.JSON && !source.isWord("type", "topics")) {
            source.report("format", "must be avro unless type is topics; capture writes Avro");
        }
        return wire;
    }

    private static DecodeSettings.Wire wire(String text) {
        return switch (text) {
            case "avro" -> DecodeSettings.Wire.AVRO;
            case "json" -> DecodeSettings.Wire.JSON;
            default -> throw new IllegalArgumentException("json is that of Kafka Connect with schemas.enable=true");
        };
    }
}
