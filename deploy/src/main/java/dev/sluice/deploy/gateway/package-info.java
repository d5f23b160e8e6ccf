/**
 * The gateway: the only code that sees every stage.
 *
 * <p>In here: {@link dev.sluice.deploy.gateway.GatewayRun} holds a home from its lock to the end of the process;
 * {@link dev.sluice.deploy.gateway.Gateway} opens every part and says in which order a batch passes them; {@link
 * dev.sluice.deploy.gateway.SourceCapture} starts capture and asks the source for its position; {@link
 * dev.sluice.deploy.gateway.TopicAdmin} asks the broker for topics and offsets; {@link
 * dev.sluice.deploy.gateway.KafkaCuts} reads the cuts of capture; {@link dev.sluice.deploy.gateway.BatchLoop} executes
 * one plan after the other and pauses while a part is away; {@link dev.sluice.deploy.gateway.Outage} tells such a
 * failure from others; {@link dev.sluice.deploy.gateway.Batches} executes each plan and holds a dataset that fails.
 *
 * <p>May come in: what happens once per start or once per batch; at most ten files. When all ten are there, a new
 * duty that stands by itself (a source of another kind) gets a room of its own beside this one, and the gateway opens
 * it as a step. What a batch reads is decided in {@code planner}, how one plan is executed in {@code batch}; what
 * touches a single record belongs to {@code line}, what answers a question to {@code ask}, erasure to {@code
 * erasure}.
 *
 * <p>May use: {@code deploy}, {@code deploy.batch}, {@code deploy.embedded}, {@code deploy.embedded.process}, {@code
 * deploy.erasure}, {@code deploy.home}, {@code deploy.letter}, {@code deploy.lifecycle}, {@code deploy.line}, {@code
 * deploy.pipeline}, {@code deploy.planner}, {@code audit.ledger}, {@code cdc}, {@code cdc.capture}, {@code
 * cdc.capture.cut}, {@code cdc.capture.postgres}, {@code cdc.capture.run}, {@code cdc.registry}, {@code
 * masking.control}, {@code
 * policy.catalog}, {@code policy.decision}, {@code sinks}, {@code sinks.deadletter}, {@code sinks.delta}; libraries:
 * Spark, Kafka clients, SLF4J.
 */
@NullMarked
package dev.sluice.deploy.gateway;

import org.jspecify.annotations.NullMarked;
