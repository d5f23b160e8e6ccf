package dev.sluice.cdc.registry;

import java.util.Optional;

/**
 * Gives and registers Avro schemas by id, as a Confluent compatible registry stores them. Subjects are {@code
 * <topic>-key} and {@code <topic>-value}.
 *
 * <p>Implementations are safe for use by several threads. Every method throws {@link
 * dev.sluice.cdc.CaptureException} when the registry cannot answer or does not answer like a registry; that is never
 * reported as "no such schema".
 */
public interface SchemaRegistry {

    /**
     * Registers a schema under a subject. The same schema again gives the same id.
     *
     * @param subject subject name
     * @param schema Avro schema as JSON
     * @return the id of the schema
     */
    int register(String subject, String schema);

    /**
     * The Avro schema of that id as JSON; empty only when the registry says definitely that it has no such Avro
     * schema.
     */
    Optional<String> schema(int id);

    /** The id of that schema under that subject; empty when the subject or the schema in it does not exist. */
    Optional<Integer> find(String subject, String schema);

    /** Whether the schema may follow the newest one of the subject under the subject's level. */
    boolean compatible(String subject, String schema);

    /** Sets the level of compatibility that new versions of the subject must have. */
    void compatibility(String subject, Compatibility level);

    /** Lists the levels of compatibility. BACKWARD: a reader with the new schema reads what the previous one wrote. */
    enum Compatibility {
        NONE,
        BACKWARD,
        BACKWARD_TRANSITIVE,
        FORWARD,
        FORWARD_TRANSITIVE,
        FULL,
        FULL_TRANSITIVE
    }
}
