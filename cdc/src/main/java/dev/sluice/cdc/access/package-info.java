/**
 * Says how connections to database, broker and registry are encrypted, and how each side proves its identity.
 *
 * <p>In here: {@link dev.sluice.cdc.access.DatabaseTls}, for connections to PostgreSQL; {@link
 * dev.sluice.cdc.access.BrokerAccess}, for Kafka clients, which {@link dev.sluice.cdc.access.FileLogin} logs in; {@link
 * dev.sluice.cdc.access.RegistryAccess}, for the schema registry; {@link dev.sluice.cdc.access.CertificateFile} reads
 * certificates, {@link dev.sluice.cdc.access.SecretFile} a secret from a file of its own.
 *
 * <p>May come in: encryption of, and login at, a further kind of server. The address of a server stays with the
 * settings of that server.
 *
 * <p>May use: {@code java.*} and the login modules of the Kafka clients only.
 */
@NullMarked
package dev.sluice.cdc.access;

import org.jspecify.annotations.NullMarked;
