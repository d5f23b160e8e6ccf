/**
 * The pipeline file.
 *
 * <p>In here: {@link dev.sluice.deploy.pipeline.PipelineFile} reads YAML into a {@link
 * dev.sluice.deploy.pipeline.Pipeline}, or reports every fault at once with its line, and gives both as a {@link
 * dev.sluice.deploy.pipeline.PipelineReading}; {@link dev.sluice.deploy.pipeline.Settings} reads one section, {@link
 * dev.sluice.deploy.pipeline.TablesSection} which tables are captured, {@link
 * dev.sluice.deploy.pipeline.ReadingSection} how records are read, {@link dev.sluice.deploy.pipeline.TransportSettings}
 * the transport, {@link dev.sluice.deploy.pipeline.AccessSettings} how connections are encrypted, with secrets from a
 * {@link dev.sluice.cdc.access.SecretFile}.
 *
 * <p>May come in: settings and the checks of what is written in the file. What a setting changes while the
 * pipeline runs belongs to the package that reads it: {@code source} and {@code run} to {@code gateway}, {@code policy}
 * and the treatment of a record to {@code line}, {@code output} to {@code sinks}.
 *
 * <p>May use: {@code deploy}, {@code deploy.home}, {@code cdc.capture}, {@code cdc.capture.postgres}, {@code
 * cdc.capture.table}, {@code cdc.decode}, {@code cdc.decode.avro}, {@code cdc.finding}, {@code cdc.registry}, {@code
 * policy.catalog}, {@code sinks}, {@code cdc.access}; libraries: SnakeYAML.
 */
@NullMarked
package dev.sluice.deploy.pipeline;

import org.jspecify.annotations.NullMarked;
