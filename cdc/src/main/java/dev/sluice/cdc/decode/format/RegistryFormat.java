package dev.sluice.cdc.decode.format;

import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.registry.SchemaRegistry;
import java.util.Optional;

/** Reads Avro in the Confluent wire format, with schemas in a registry: records are in the decoded form already. */
public final class RegistryFormat implements RecordFormat {

    private final SchemaRegistry registry;

    /** The format over that registry. */
    public RegistryFormat(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public RawRecord framed(RawRecord record) {
        return record;
    }

    @Override
    public Optional<String> schema(int id) {
        return registry.schema(id);
    }

    @Override
    public BadRecord ofRaw(BadRecord found) {
        return found;
    }
}
