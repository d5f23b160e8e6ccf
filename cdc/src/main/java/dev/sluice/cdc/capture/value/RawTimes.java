package dev.sluice.cdc.capture.value;

import io.debezium.bean.StandardBeanNames;
import io.debezium.bean.spi.BeanRegistry;
import io.debezium.bean.spi.BeanRegistryAware;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.processors.spi.PostProcessor;
import java.lang.reflect.Field;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * Makes the engine give the server's text of a streamed {@code timetz}, as of a type that it does not know. The engine
 * reads such a text before it asks any converter: it takes 24:00 for 00:00, and fails at seconds in an offset.
 *
 * <p>The engine chooses how to read a value by the name of the type and has no setting for the choice. A post processor
 * is given the engine's types before the stream begins. The name of this one gets quotation marks, which the engine
 * takes off when it looks for a type, and which no choice by name knows.
 *
 * <p>Public because the engine makes it by name. Does nothing to events.
 */
public final class RawTimes implements PostProcessor, BeanRegistryAware {

    private static final String NAME = "\"timetz\"";

    @Override
    public void injectBeanRegistry(BeanRegistry beans) {
        TypeRegistry types = beans.lookupByName(StandardBeanNames.JDBC_CONNECTION, PostgresConnection.class)
                .getTypeRegistry();
        PostgresType type = types.get(Oid.TIMETZ);
        try {
            Field name = PostgresType.class.getDeclaredField("name");
            name.setAccessible(true);
            name.set(type, NAME);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The engine keeps the names of types in another way than before.", e);
        }
        if (!type.getName().equals(NAME) || !types.get(NAME).equals(type)) {
            throw new IllegalStateException("The engine does not find a type under a name with quotation marks.");
        }
    }

    @Override
    public void configure(Map<String, ?> properties) {
        // There is nothing to set.
    }

    @Override
    public void apply(@Nullable Object key, @Nullable Struct value) {
        // Events stay as they are.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
