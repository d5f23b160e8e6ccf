/**
 * The parts of one machine: a real PostgreSQL, a real Kafka broker and a real schema registry server as children of
 * this process, on loopback, with all state under one {@link dev.sluice.deploy.embedded.Home}.
 *
 * <p>In order: {@link dev.sluice.deploy.embedded.Home} names the folders, {@link dev.sluice.deploy.embedded.HomeLock}
 * keeps a second process out, {@link dev.sluice.deploy.embedded.EmbeddedRuntime} starts, watches and stops the parts.
 */
@NullMarked
package dev.sluice.deploy.embedded;

import org.jspecify.annotations.NullMarked;
