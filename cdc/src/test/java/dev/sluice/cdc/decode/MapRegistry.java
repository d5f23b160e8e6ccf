package dev.sluice.cdc.decode;

import dev.sluice.cdc.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A registry in memory; ids are not dense. */
final class MapRegistry implements SchemaRegistry {

    private static final int FIRST = 7;
    private static final int STEP = 2;

    private final List<String> schemas = new ArrayList<>();

    @Override
    public synchronized int register(String subject, String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return FIRST + STEP * schemas.indexOf(schema);
    }

    @Override
    public synchronized Optional<String> schema(int id) {
        int index = (id - FIRST) / STEP;
        boolean known = id >= FIRST && (id - FIRST) % STEP == 0 && index < schemas.size();
        return known ? Optional.of(schemas.get(index)) : Optional.empty();
    }

    @Override
    public Optional<Integer> find(String subject, String schema) {
        return Optional.empty();
    }

    @Override
    public boolean compatible(String subject, String schema) {
        return true;
    }

    @Override
    public void compatibility(String subject, Compatibility level) {}
}
