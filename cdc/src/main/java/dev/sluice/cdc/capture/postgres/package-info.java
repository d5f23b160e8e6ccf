/**
 * What capture asks a PostgreSQL server and tells it, through plain SQL.
 *
 * <p>In order: {@link dev.sluice.cdc.capture.postgres.PostgresDatabase} is opened (its password is a {@link
 * dev.sluice.cdc.capture.postgres.Secret}); {@link dev.sluice.cdc.capture.postgres.SourceCatalog} then reads {@link
 * dev.sluice.cdc.capture.postgres.ServerFacts}, {@link dev.sluice.cdc.capture.postgres.RoleFacts}, {@link
 * dev.sluice.cdc.capture.postgres.TableFacts} by {@link dev.sluice.cdc.capture.postgres.TableName}, {@link
 * dev.sluice.cdc.capture.postgres.SlotFacts} and {@link dev.sluice.cdc.capture.postgres.PublicationFacts}; {@link
 * dev.sluice.cdc.capture.postgres.ReplicationObjects} creates the publication and drops our own slot. Log positions are
 * {@link dev.sluice.cdc.capture.postgres.Lsn}. Nothing here changes a table of the user.
 */
@NullMarked
package dev.sluice.cdc.capture.postgres;

import org.jspecify.annotations.NullMarked;
