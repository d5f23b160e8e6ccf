/**
 * Reads and registers Avro schemas in a schema registry, by id and by subject.
 *
 * <p>In here: {@link dev.sluice.cdc.registry.SchemaRegistry} is the port; {@link
 * dev.sluice.cdc.registry.HttpSchemaRegistry} calls the Confluent REST API of a server, as {@link
 * dev.sluice.cdc.registry.RegistrySettings} say, through {@link dev.sluice.cdc.registry.RegistryCalls} with a {@link
 * dev.sluice.cdc.registry.BoundedBody}, and reads each {@link dev.sluice.cdc.registry.RegistryAnswer}; {@link
 * dev.sluice.cdc.registry.CachedSchemaRegistry} asks once per id, pins the schema by its {@link
 * dev.sluice.cdc.registry.SchemaFingerprint}, and stores it in a {@link dev.sluice.cdc.registry.SchemaFolder}, so that
 * known ids decode while the server is down; {@link dev.sluice.cdc.registry.UnknownIds} says how long a record waits
 * for a schema that the registry does not have; {@link dev.sluice.cdc.registry.RegistryErrors} makes the failures.
 *
 * <p>May come in: an adapter for another registry, or a further call of the port. Compiling a schema to a reader goes
 * to {@code cdc.decode}.
 *
 * <p>May use: {@code cdc}, {@code cdc.access}; the HTTP client of the JDK, Jackson, Avro, SLF4J.
 */
@NullMarked
package dev.sluice.cdc.registry;

import org.jspecify.annotations.NullMarked;
