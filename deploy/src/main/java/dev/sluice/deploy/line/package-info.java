/**
 * The stages before the sinks: decode, decide, protect. They run where the records are.
 *
 * <p>In here: {@link dev.sluice.deploy.line.LineSettings} says how the stages are opened; {@link
 * dev.sluice.deploy.line.Stages} are the opened stages; {@link dev.sluice.deploy.line.ActivatingDecisionPoint} records
 * every plan in the ledger before a row is treated by the plan, unless {@link
 * dev.sluice.deploy.line.KeyTreatments} refuses the plan; {@link dev.sluice.deploy.line.NewColumns}
 * warns of a column that comes and is hidden; {@link dev.sluice.deploy.line.RecordLine} carries the
 * stages to Spark's tasks.
 *
 * <p>May come in: what touches a single record. What happens once per batch belongs to {@code gateway}.
 *
 * <p>May use: {@code deploy}, {@code deploy.home}, {@code deploy.pipeline}, {@code cdc.capture}, {@code
 * cdc.capture.epoch}, {@code cdc.decode}, {@code cdc.event}, {@code cdc.registry}, {@code masking}, {@code
 * masking.control}, {@code masking.key}, {@code policy.catalog}, {@code policy.decision}, {@code policy.opa}, {@code
 * sinks}, {@code masking.seal}, {@code policy}; libraries: Spark for the broadcast, Jackson, SLF4J.
 */
@NullMarked
package dev.sluice.deploy.line;

import org.jspecify.annotations.NullMarked;
