package dev.sluice.masking.control;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Keeps small named facts that survive a restart. Every method throws a
 * {@link dev.sluice.masking.error.ProtectionException} {@code MSK-006} when the control database fails. Safe for use by
 * many threads.
 */
public final class GatewayState {

    private final ControlDatabase database;

    public GatewayState(ControlDatabase database) {
        this.database = database;
    }

    /** The fact of that name. */
    public Optional<String> value(String name) {
        return database.read("read " + name, handle -> value(handle, name));
    }

    /** The facts whose names start with that text, by name. */
    public SortedMap<String, String> startingWith(String prefix) {
        return database.read("read " + prefix, handle -> {
            SortedMap<String, String> facts = new TreeMap<>();
            handle.createQuery("SELECT name, value FROM gateway_state WHERE substr(name, 1, :length) = :prefix")
                    .bind("length", prefix.length())
                    .bind("prefix", prefix)
                    .map((row, context) -> Map.entry(row.getString("name"), row.getString("value")))
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue()));
            return facts;
        });
    }

    /** Sets the fact; durable on return. */
    public void put(String name, String value) {
        database.write("write " + name, handle -> handle.createUpdate("INSERT INTO gateway_state (name, value)"
                        + " VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .bind("name", name)
                .bind("value", value)
                .execute());
    }

    /** Removes the fact; durable on return. */
    public void remove(String name) {
        database.write("remove " + name, handle -> handle.createUpdate("DELETE FROM gateway_state WHERE name = :name")
                .bind("name", name)
                .execute());
    }

    /** Sets the fact unless it is set, and answers what it is now. */
    public String putIfAbsent(String name, String value) {
        return value(name).orElseGet(() -> insert(name, value));
    }

    private String insert(String name, String value) {
        return database.write("write " + name, handle -> {
            handle.createUpdate("INSERT INTO gateway_state (name, value) VALUES (:name, :value)"
                            + " ON CONFLICT (name) DO NOTHING")
                    .bind("name", name)
                    .bind("value", value)
                    .execute();
            return value(handle, name).orElseThrow();
        });
    }

    private static Optional<String> value(Handle handle, String name) {
        return handle.createQuery("SELECT value FROM gateway_state WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }
}
