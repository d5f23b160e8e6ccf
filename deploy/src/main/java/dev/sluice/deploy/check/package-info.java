/**
 * Checks what a start of a pipeline needs, before a start.
 *
 * <p>In here: {@link dev.sluice.deploy.check.FileCheck} looks at the pipeline file and its policy folder, {@link
 * dev.sluice.deploy.check.StartCheck} asks source, policy engine, broker, registry, tables and home; each gives
 * findings. {@link dev.sluice.deploy.check.SkippedCheck} says which check a faulty setting leaves nothing to look at.
 *
 * <p>May come in: whatever else a start may be refused for. A fault that the pipeline file alone shows belongs to
 * {@code deploy.pipeline}, a fault of the policy folder to {@code policy.review}, a check of the source to {@code
 * cdc.capture.check}. Nothing in here starts, makes or changes something.
 *
 * <p>May use: {@code audit.ledger}, {@code deploy}, {@code deploy.gateway}, {@code deploy.home}, {@code
 * deploy.lifecycle}, {@code deploy.pipeline}, {@code cdc.capture}, {@code cdc.capture.postgres}, {@code
 * cdc.capture.check}, {@code cdc.finding}, {@code cdc.registry}, {@code masking.control}, {@code masking.key}, {@code
 * policy.catalog}, {@code policy.opa}, {@code policy.review}, {@code sinks.query}; libraries: Hadoop for its
 * configuration.
 */
@NullMarked
package dev.sluice.deploy.check;

import org.jspecify.annotations.NullMarked;
