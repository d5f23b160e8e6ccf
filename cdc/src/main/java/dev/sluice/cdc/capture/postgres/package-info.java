/**
 * Queries a PostgreSQL server for capture, and creates and drops the objects that belong to capture.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.postgres.PostgresDatabase} opens a connection with a {@link
 * dev.sluice.cdc.capture.postgres.Secret}; {@link dev.sluice.cdc.capture.postgres.SourceCatalog} reads {@link
 * dev.sluice.cdc.capture.postgres.ServerFacts}, {@link dev.sluice.cdc.capture.postgres.RoleFacts}, {@link
 * dev.sluice.cdc.capture.postgres.TableFacts}, {@link dev.sluice.cdc.capture.postgres.TableForm} and {@link
 * dev.sluice.cdc.capture.postgres.ValueColumns} by {@link dev.sluice.cdc.capture.postgres.TableName}, {@link
 * dev.sluice.cdc.capture.postgres.SlotFacts} and {@link dev.sluice.cdc.capture.postgres.PublicationFacts} with its
 * {@link dev.sluice.cdc.capture.postgres.GeneratedColumns}; {@link dev.sluice.cdc.capture.postgres.UnlabeledType} names
 * a type at which the engine cannot start; {@link dev.sluice.cdc.capture.postgres.ReplicationObjects} creates the
 * publication and drops the slot of capture; {@link dev.sluice.cdc.capture.postgres.Lsn} is a log position.
 *
 * <p>May come in: a further query of the PostgreSQL catalog, or a statement on an object of capture. Nothing here
 * changes a table of the user. What to conclude from an answer goes to {@code cdc.capture} or {@code
 * cdc.capture.check}.
 *
 * <p>May use: {@code java.*}, {@code cdc.access}; the PostgreSQL driver.
 */
@NullMarked
package dev.sluice.cdc.capture.postgres;

import org.jspecify.annotations.NullMarked;
