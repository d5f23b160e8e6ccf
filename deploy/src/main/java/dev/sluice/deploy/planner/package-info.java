/**
 * Decides what each batch reads. The ledger is the authority on what has been read; the plan of the batch at hand is
 * kept in the control database, and nothing that Spark or the broker remembers is asked.
 *
 * <p>In here: {@link dev.sluice.deploy.planner.Planner} finishes a plan that was not recorded and cuts the next one, in
 * the bounds of a {@link dev.sluice.deploy.planner.PlannerScope}, which names the {@link
 * dev.sluice.deploy.planner.TopicFiller}; {@link dev.sluice.deploy.planner.Cutter} decides where the batch
 * ends, by the cuts of a {@link dev.sluice.deploy.planner.CutTopic}; {@link dev.sluice.deploy.planner.Replays} plans
 * batches that replay dead letters; {@link dev.sluice.deploy.planner.OpenPlan} keeps the plan of the batch at hand;
 * {@link dev.sluice.deploy.planner.Holds} keeps which datasets are held; {@link dev.sluice.deploy.planner.TopicExtent}
 * says which offsets a partition holds; {@link dev.sluice.deploy.planner.TopicIdentities} notices a raw topic that was
 * deleted and made again; {@link dev.sluice.deploy.planner.PlannerErrors} holds the messages.
 *
 * <p>May come in: positions, cuts, and what makes a position invalid. What executes a plan belongs to {@code batch}.
 *
 * <p>May use: {@code deploy}, {@code deploy.lifecycle}, {@code audit.event}, {@code audit.ledger}, {@code cdc},
 * {@code cdc.event}, {@code masking.control}, {@code sinks}; libraries: Jackson.
 */
@NullMarked
package dev.sluice.deploy.planner;

import org.jspecify.annotations.NullMarked;
