package dev.sluice.deploy.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.SourceRange;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the records of a plan from the raw topics with Spark. Each read names its offsets, so Spark keeps no position
 * and no state of its own.
 *
 * @param spark session of the gateway
 * @param client address and access of the broker, by the names that Kafka clients use
 * @param group names the consumers of this gateway, which Spark keeps open from one batch to the next; nothing is
 *     committed under the name
 */
public record PlannedRecords(SparkSession spark, Map<String, String> client, String group) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads over consumers of this process. */
    public static PlannedRecords over(SparkSession spark, Map<String, String> client) {
        return new PlannedRecords(spark, client, "sluice-" + UUID.randomUUID());
    }

    /** The frame of Spark's Kafka source over the ranges of the plan. Nothing is read before the frame is used. */
    public Dataset<Row> of(BatchPlan plan) {
        ObjectNode partitions = JSON.createObjectNode();
        ObjectNode from = JSON.createObjectNode();
        ObjectNode until = JSON.createObjectNode();
        for (SourceRange range : plan.ranges()) {
            String topic = range.source().topic();
            int partition = range.source().partition();
            partitions.withArray(topic).add(partition);
            from.withObjectProperty(topic).put(Integer.toString(partition), range.from());
            until.withObjectProperty(topic).put(Integer.toString(partition), range.until());
        }
        Map<String, String> kafka = new HashMap<>();
        client.forEach((name, value) -> kafka.put("kafka." + name, value));
        return spark.read()
                .format("kafka")
                .options(kafka)
                .option("kafka.isolation.level", "read_committed")
                .option("kafka.group.id", group)
                .option("assign", partitions.toString())
                .option("startingOffsets", from.toString())
                .option("endingOffsets", until.toString())
                .option("failOnDataLoss", "true")
                .option("includeHeaders", "true")
                .load();
    }
}
