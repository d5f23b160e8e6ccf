package dev.sluice.cdc.capture.value;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Says how the values of a column stand in the raw topic.
 *
 * @param schema makes the schema, a new one each time because the engine changes it
 * @param value makes the value for the wire of one that is not null and was sent
 */
record WireForm(Supplier<SchemaBuilder> schema, Function<Object, Object> value) {}
