package dev.sluice.sinks.direct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;

/** Writes actions of the Delta log as lines of JSON (delta-io/delta, PROTOCOL.md, "Actions"). */
final class LogLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LogLines() {}

    static String commitInfo(String operation, String userMetadata, long now) {
        ObjectNode info = JSON.createObjectNode();
        info.put("timestamp", now).put("operation", operation);
        info.putObject("operationParameters");
        info.put("isBlindAppend", false).put("engineInfo", "sluice");
        info.put("txnId", UUID.randomUUID().toString()).put("userMetadata", userMetadata);
        return line("commitInfo", info);
    }

    static String transaction(String appId, long version, long now) {
        return line(
                "txn",
                JSON.createObjectNode()
                        .put("appId", appId)
                        .put("version", version)
                        .put("lastUpdated", now));
    }

    static String protocol(StructType schema) {
        ObjectNode protocol = JSON.createObjectNode();
        if (!zoneless(schema)) {
            return line("protocol", protocol.put("minReaderVersion", 1).put("minWriterVersion", 2));
        }
        protocol.put("minReaderVersion", 3).put("minWriterVersion", 7);
        protocol.putArray("readerFeatures").add("timestampNtz");
        protocol.putArray("writerFeatures")
                .add("timestampNtz")
                .add("appendOnly")
                .add("invariants");
        return line("protocol", protocol);
    }

    static String metaData(String id, StructType schema, Map<String, String> properties, long createdAt) {
        ObjectNode metaData = JSON.createObjectNode().put("id", id);
        metaData.putObject("format").put("provider", "parquet").putObject("options");
        metaData.put("schemaString", schema.json()).putArray("partitionColumns");
        ObjectNode configuration = metaData.putObject("configuration");
        properties.forEach(configuration::put);
        return line("metaData", metaData.put("createdTime", createdAt));
    }

    static String add(String path, long size, long modifiedAt, String stats) {
        ObjectNode add = JSON.createObjectNode().put("path", path);
        add.putObject("partitionValues");
        add.put("size", size).put("modificationTime", modifiedAt);
        return line("add", add.put("dataChange", true).put("stats", stats));
    }

    /** The counts of a column in the statistics of a data file, empty when they do not tell. */
    static Optional<DirectTable.Filled> filled(String stats, String column) {
        try {
            JsonNode read = JSON.readTree(stats);
            JsonNode rows = read.path("numRecords");
            JsonNode nulls = read.path("nullCount").path(column);
            return rows.canConvertToLong() && nulls.canConvertToLong()
                    ? Optional.of(new DirectTable.Filled(rows.longValue(), nulls.longValue()))
                    : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    static String remove(StoredFile file, long now) {
        ObjectNode remove = JSON.createObjectNode();
        remove.put("path", file.action().getPath()).put("deletionTimestamp", now);
        remove.put("dataChange", true).put("extendedFileMetadata", true);
        remove.putObject("partitionValues");
        return line("remove", remove.put("size", file.action().getSize()));
    }

    /** Whether some column is a timestamp without zone, which is a feature of its own. */
    static boolean zoneless(DataType type) {
        if (type instanceof StructType struct) {
            for (StructField field : struct.fields()) {
                if (zoneless(field.dataType())) {
                    return true;
                }
            }
            return false;
        }
        return type instanceof ArrayType array ? zoneless(array.elementType()) : type instanceof TimestampNTZType;
    }

    private static String line(String action, ObjectNode body) {
        ObjectNode line = JSON.createObjectNode();
        line.set(action, body);
        return line.toString();
    }
}
