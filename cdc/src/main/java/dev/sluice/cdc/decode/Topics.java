package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.DatasetId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says what a topic carries, and of which table a data topic is. Thread-safe. */
final class Topics {

    private static final String HEARTBEAT_PREFIX = "__debezium-heartbeat";

    private final String source;
    private final String transactions;
    private final String messages;
    private final Map<String, DatasetId> datasets = new ConcurrentHashMap<>();

    /**
     * The topics of a source.
     *
     * @param tables {@code schema.table} by topic, for topics that are not named after their table
     */
    Topics(String source, Map<String, String> tables) {
        this.source = source;
        this.transactions = source + ".transaction";
        this.messages = source + ".message";
        tables.forEach((topic, table) -> datasets.put(topic, dataset(source, table)));
    }

    enum TopicKind {
        DATA,
        TRANSACTION,
        HEARTBEAT
    }

    /** Logical decoding messages serve as heartbeats too: they carry no row. */
    TopicKind kind(String topic) {
        if (datasets.containsKey(topic)) {
            return TopicKind.DATA;
        }
        if (topic.equals(transactions)) {
            return TopicKind.TRANSACTION;
        }
        return topic.startsWith(HEARTBEAT_PREFIX) || topic.equals(messages) ? TopicKind.HEARTBEAT : TopicKind.DATA;
    }

    /**
     * The dataset that the record names, checked against its topic: a record in one table's topic must not pass for
     * another table's, which may have a laxer policy.
     */
    DatasetId dataset(String topic, String schema, String table) {
        DatasetId known = datasets.get(topic);
        if (known != null && known.schema().equals(schema) && known.table().equals(table)) {
            return known;
        }
        DatasetId named = new DatasetId(source, schema, table);
        if (known != null || !sanitized(named.topic()).equals(topic)) {
            throw BadRecord.of(DecodeCode.DATASET_MISMATCH, "source block and topic name different tables");
        }
        datasets.put(topic, named);
        return named;
    }

    private static DatasetId dataset(String source, String table) {
        int dot = table.indexOf('.');
        return new DatasetId(source, table.substring(0, dot), table.substring(dot + 1));
    }

    /** The dataset of that topic; empty when no record has named it and the topic alone does not tell. */
    Optional<DatasetId> dataset(String topic) {
        DatasetId known = datasets.get(topic);
        if (known != null) {
            return Optional.of(known);
        }
        String[] parts = topic.split("\\.", -1);
        return parts.length == 3 && parts[0].equals(source)
                ? Optional.of(new DatasetId(source, parts[1], parts[2]))
                : Optional.empty();
    }

    /** Debezium replaces what Kafka does not allow in topic names. */
    private static String sanitized(String topic) {
        return topic.replaceAll("[^a-zA-Z0-9._\\-]", "_");
    }
}
