/**
 * Checks what a start of a pipeline needs, before a start.
 *
 * <p>In here: {@link dev.sluice.deploy.check.StartCheck} asks home, source, policy engine, broker and registry, and
 * gives one finding for each.
 *
 * <p>May come in: whatever else a start may be refused for. A fault that the pipeline file alone shows belongs to
 * {@code deploy.pipeline}, a fault of the policy folder to {@code policy.review}, a check of the source to {@code
 * cdc.capture.check}. Nothing in here starts, makes or changes something.
 *
 * <p>May use: {@code audit.ledger}, {@code deploy}, {@code deploy.gateway}, {@code deploy.home}, {@code
 * deploy.lifecycle}, {@code deploy.pipeline}, {@code cdc.capture}, {@code cdc.capture.postgres}, {@code
 * cdc.capture.check}, {@code cdc.finding}, {@code cdc.registry}, {@code masking.control}, {@code masking.key}, {@code
 * policy.catalog}, {@code policy.opa}.
 */
@NullMarked
package dev.sluice.deploy.check;

import org.jspecify.annotations.NullMarked;
