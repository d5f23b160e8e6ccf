package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.DecodeLimits;
import dev.sluice.cdc.registry.UnknownIds;
import java.io.Serializable;
import java.util.List;

/**
 * Tells the decoder about the capture that filled the topics.
 *
 * @param source name of the source, equal to the connector's {@code topic.prefix}
 * @param limits bounds of one record
 * @param placeholders texts of {@code unavailable.value.placeholder} that the capture uses or has used for these
 * topics; where PostgreSQL can store a value apart from the row, such a text means that the value was not sent
 * @param patience how long records wait for a schema that the registry does not have
 * @param wire the format of the records
 */
public record DecodeSettings(
        String source, DecodeLimits limits, List<String> placeholders, UnknownIds.Patience patience, Wire wire)
        implements Serializable {

    /** Lists the formats of records. */
    public enum Wire {
        /** Avro in the Confluent wire format. */
        AVRO,
        /** JSON of Kafka Connect's converter, each record with its schema. */
        JSON
    }

    /** Debezium's own placeholder. */
    public static final String DEFAULT_PLACEHOLDER = "__debezium_unavailable_value";

    public DecodeSettings {
        if (source.isBlank()) {
            throw new IllegalArgumentException(
                    "The setting source of the decoder is empty. Give the name of the source.");
        }
        placeholders = List.copyOf(placeholders);
    }

    /** Standard limits and Debezium's own placeholder. */
    public static DecodeSettings of(String source) {
        return new DecodeSettings(
                source, DecodeLimits.standard(), List.of(DEFAULT_PLACEHOLDER), UnknownIds.Patience.STANDARD, Wire.AVRO);
    }

    /** The same settings for a capture that uses or has used these placeholders and no other. */
    public DecodeSettings withPlaceholders(List<String> used) {
        return new DecodeSettings(source, limits, used, patience, wire);
    }

    /** The same settings with that patience. */
    public DecodeSettings withPatience(UnknownIds.Patience other) {
        return new DecodeSettings(source, limits, placeholders, other, wire);
    }

    /** The same settings for records of that format. */
    public DecodeSettings withWire(Wire other) {
        return new DecodeSettings(source, limits, placeholders, patience, other);
    }
}
