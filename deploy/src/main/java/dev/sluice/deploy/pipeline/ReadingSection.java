package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.decode.avro.ColumnNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the settings that say how raw records are read. */
final class ReadingSection {

    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

    private ReadingSection() {}

    /** The settings in the sections {@code source} and {@code registry}. */
    static Pipeline.RawReading of(Settings source, Settings registry, List<String> tables) {
        Duration unknownId = registry.has("unknown-id")
                ? registry.value("unknown-id", SettingForms::wait, USUAL_WAIT, "a time such as 0s, 30s or 5m")
                : USUAL_WAIT;
        registry.rejectUnknown();
        boolean zeroDates = !source.has("zero-dates")
                || source.value("zero-dates", ReadingSection::zeroDates, true, "possible or none");
        return new Pipeline.RawReading(unknownId, wire(source), names(source), topics(source, tables), zeroDates);
    }

    private static boolean zeroDates(String text) {
        if (!text.equals("possible") && !text.equals("none")) {
            throw new IllegalArgumentException("none is for a server whose sql_mode has always forbidden zero dates");
        }
        return text.equals("possible");
    }

    private static ColumnNames names(Settings source) {
        return source.has("field-names")
                ? source.value("field-names", ReadingSection::names, ColumnNames.AS_IS, "plain or avro_unicode")
                : ColumnNames.AS_IS;
    }

    private static ColumnNames names(String text) {
        return switch (text) {
            case "plain" -> ColumnNames.AS_IS;
            case "avro_unicode" -> ColumnNames.AVRO_UNICODE;
            default -> throw new IllegalArgumentException("the connector's field.name.adjustment.mode says which");
        };
    }

    /** Topics by table. A topic that carries two tables has no one dataset and is refused. */
    private static Map<String, String> topics(Settings source, List<String> tables) {
        Map<String, String> topics = new TreeMap<>();
        if (!source.has("topics")) {
            return topics;
        }
        if (!source.isWord("type", "topics")) {
            source.report("topics", "must be left out unless type is topics; capture names its topics itself");
        }
        Settings section = source.section("topics");
        for (String table : tables) {
            if (section.has(table)) {
                String topic = section.value(table, SettingForms::topic, "", "the name of a Kafka topic");
                if (!topic.isEmpty() && topics.containsValue(topic)) {
                    section.report(table, "names a topic of another table; a topic must carry one table");
                }
                topics.put(table, topic);
            }
        }
        section.rejectUnknown();
        return topics;
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
