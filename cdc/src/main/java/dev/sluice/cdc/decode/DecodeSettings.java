package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.ColumnNames;
import dev.sluice.cdc.decode.avro.DecodeLimits;
import dev.sluice.cdc.registry.UnknownIds;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Tells the decoder about the capture that filled the topics.
 *
 * @param source name of the source, equal to the connector's {@code topic.prefix}
 * @param limits bounds of one record
 * @param placeholders texts of {@code unavailable.value.placeholder} that the capture uses or has used for these
 * topics; where PostgreSQL can store a value apart from the row, such a text means that the value was not sent
 * @param patience how long records wait for a schema that the registry does not have
 * @param form how the topics are written
 */
public record DecodeSettings(
        String source, DecodeLimits limits, List<String> placeholders, UnknownIds.Patience patience, TopicForm form)
        implements Serializable {

    /** Lists the formats of records. */
    public enum Wire {
        /** Avro in the Confluent wire format. */
        AVRO,
        /** JSON of Kafka Connect's converter, each record with its schema. */
        JSON
    }

    /**
     * Says how the topics are written.
     *
     * @param wire the format of the records
     * @param names how fields spell the names of columns
     * @param tables {@code schema.table} by topic, for topics that are not named after their table
     * @param zeroDates whether dates of MySQL may be zero dates
     */
    public record TopicForm(Wire wire, ColumnNames names, Map<String, String> tables, boolean zeroDates)
            implements Serializable {

        /** Avro, names as they are, topics named {@code source.schema.table}. */
        public static final TopicForm STANDARD = of(Wire.AVRO);

        public TopicForm {
            tables = Map.copyOf(tables);
        }

        /** That format, with names as they are and topics named {@code source.schema.table}. */
        public static TopicForm of(Wire wire) {
            return new TopicForm(wire, ColumnNames.AS_IS, Map.of(), true);
        }
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
                source,
                DecodeLimits.standard(),
                List.of(DEFAULT_PLACEHOLDER),
                UnknownIds.Patience.STANDARD,
                TopicForm.STANDARD);
    }

    /** The same settings for a capture that uses or has used these placeholders and no other. */
    public DecodeSettings withPlaceholders(List<String> used) {
        return new DecodeSettings(source, limits, used, patience, form);
    }

    /** The same settings with that patience. */
    public DecodeSettings withPatience(UnknownIds.Patience other) {
        return new DecodeSettings(source, limits, placeholders, other, form);
    }

    /** The same settings for topics that are written so. */
    public DecodeSettings withForm(TopicForm other) {
        return new DecodeSettings(source, limits, placeholders, patience, other);
    }
}
