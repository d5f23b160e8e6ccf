/**
 * Real parts for integration tests: {@link dev.sluice.cdc.testkit.TestPostgres}, {@link
 * dev.sluice.cdc.testkit.TestKafka}, {@link dev.sluice.cdc.testkit.TestRegistry}, together a {@link
 * dev.sluice.cdc.testkit.TestStack}. They listen on free loopback ports, keep their files in temporary folders and end
 * with the JVM.
 */
@NullMarked
package dev.sluice.cdc.testkit;

import org.jspecify.annotations.NullMarked;
