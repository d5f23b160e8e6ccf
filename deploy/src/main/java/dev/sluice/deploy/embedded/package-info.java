/**
 * The parts of one machine: a real PostgreSQL, a real Kafka broker and a real schema registry server as children of
 * this process, on loopback, with all state in the home.
 *
 * <p>In here: {@link dev.sluice.deploy.embedded.EmbeddedRuntime} starts, watches and stops the {@link
 * dev.sluice.deploy.embedded.Part}s: {@code EmbeddedPostgres}, {@code EmbeddedKafka} (the program {@code KafkaNode})
 * and {@code EmbeddedRegistry}; {@link dev.sluice.deploy.embedded.PostgresAccess} and {@link
 * dev.sluice.deploy.embedded.Credential} say how to reach the database; {@code Installation}, {@code PostgresPrograms}
 * and {@code StartArchive} find and prepare the programs.
 *
 * <p>May come in: another part that a single machine needs. What uses a part takes its address.
 *
 * <p>May use: {@code deploy}, {@code deploy.embedded.process}, {@code deploy.home}; libraries: the Kafka server, Kafka
 * clients, the PostgreSQL driver, Commons Compress, XZ, SLF4J.
 */
@NullMarked
package dev.sluice.deploy.embedded;

import org.jspecify.annotations.NullMarked;
