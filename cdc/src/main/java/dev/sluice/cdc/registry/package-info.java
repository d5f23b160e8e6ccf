/**
 * Writer schemas by id: a port that speaks in Confluent's terms, and its adapters.
 *
 * <p>In order: {@link dev.sluice.cdc.registry.SchemaRegistry} is the port; {@link
 * dev.sluice.cdc.registry.HttpSchemaRegistry} speaks the Confluent REST API to any server that has it, as {@link
 * dev.sluice.cdc.registry.RegistrySettings} say; {@link dev.sluice.cdc.registry.CachedSchemaRegistry} asks once
 * per id, pins what it saw, and can keep it in a {@link dev.sluice.cdc.registry.SchemaFolder} so that known ids
 * decode while the server is down. Failures come from {@link dev.sluice.cdc.registry.RegistryErrors}.
 */
@NullMarked
package dev.sluice.cdc.registry;

import org.jspecify.annotations.NullMarked;
