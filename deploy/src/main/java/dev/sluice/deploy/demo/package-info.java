/**
 * The demo: every part on one machine over the sample shop.
 *
 * <p>In here: {@link dev.sluice.deploy.demo.DemoHome} writes the pipeline file and the policy folder; {@link
 * dev.sluice.deploy.demo.ScriptedDemo} plays the fixed story and answers with a {@link
 * dev.sluice.deploy.demo.DemoSummary}; {@link dev.sluice.deploy.demo.LiveDemo} keeps the shop alive until it is
 * stopped; {@link dev.sluice.deploy.demo.TrainingHome} is the home that quick starts are trained with, and {@code
 * TrainingTable} its table; {@code DemoShop} remembers in the database which parts of the story were played.
 *
 * <p>May come in: what only the demo needs. The sample data belong to {@code demo.shop}.
 *
 * <p>May use: {@code deploy}, {@code deploy.ask}, {@code deploy.demo.shop}, {@code deploy.embedded}, {@code
 * deploy.gateway}, {@code deploy.home}, {@code deploy.lifecycle}, {@code deploy.pipeline}, {@code audit.event}, {@code
 * audit.ledger}, {@code audit.verify}, {@code cdc.event}, {@code masking.control}, {@code policy.decision}, {@code
 * sinks}, {@code sinks.commit}, {@code sinks.direct}, {@code sinks.history}, {@code sinks.intake}, {@code
 * sinks.layout}, {@code sinks.query}; libraries: Hadoop for its configuration, Spark (types only).
 */
@NullMarked
package dev.sluice.deploy.demo;

import org.jspecify.annotations.NullMarked;
