package dev.sluice.policy.decision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Makes the input document of a decision, form {@code policy/v1}: names and types only, never a data value. Equal
 * arguments give equal documents.
 */
public final class DecisionInput {

    private DecisionInput() {}

    /** The input for that dataset and schema as the consumer receives it, decided at that time. */
    public static ObjectNode of(DatasetId dataset, RowSchema schema, Catalog.Consumer consumer, Instant at) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("api", "policy/v1");
        input.putObject("dataset")
                .put("source", dataset.source())
                .put("schema", dataset.schema())
                .put("table", dataset.table())
                .put("topic", dataset.topic());
        ObjectNode shape = input.putObject("schema").put("fingerprint", schema.fingerprint());
        ArrayNode fields = shape.putArray("fields");
        for (Field field : schema.fields()) {
            fields.addObject()
                    .put("path", field.name())
                    .put("type", field.type().describe())
                    .put("nullable", field.nullable())
                    .put("key", field.key());
        }
        input.putObject("consumer")
                .put("id", consumer.id())
                .put("sink", consumer.sink())
                .put("purpose", consumer.purpose())
                .put("region", consumer.region());
        input.putObject("context").put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        return input;
    }
}
