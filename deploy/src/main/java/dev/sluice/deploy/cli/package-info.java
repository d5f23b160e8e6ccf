/**
 * The command line: nouns, then verbs. A command parses, asks or acts through another package, and prints.
 *
 * <p>In here: {@link dev.sluice.deploy.cli.Sluice} is the main class and the list of commands; each {@code *Command}
 * is one noun with its verbs; {@link dev.sluice.deploy.cli.StopSignal} turns signals into the end of a run; {@link
 * dev.sluice.deploy.cli.ExitCode} lists the exit codes.
 *
 * <p>The texts are resources: {@code cli/help} has a page for each topic of {@code sluice help}, {@code cli/codes}
 * has cause, check and next command of every code for {@code sluice explain}.
 *
 * <p>May come in: one file for each noun. Rules belong to the package that is asked, layout to {@code cli.output},
 * shared options to {@code cli.option}.
 *
 * <p>May use: {@code deploy}, {@code deploy.ask}, {@code deploy.check}, {@code deploy.cli.option}, {@code
 * deploy.cli.output}, {@code deploy.demo}, {@code deploy.erasure}, {@code deploy.gateway}, {@code deploy.home}, {@code
 * deploy.key}, {@code deploy.lifecycle}, {@code deploy.log}, {@code deploy.pipeline}, {@code deploy.pipeline.draft},
 * {@code deploy.planner}, {@code deploy.reset}, {@code audit.event}, {@code audit.ledger}, {@code audit.lineage},
 * {@code audit.verify}, {@code cdc.capture}, {@code cdc.capture.check}, {@code cdc.capture.postgres}, {@code
 * cdc.finding}, {@code masking.control}, {@code policy.propose}, {@code policy.review}, {@code sinks}, {@code
 * sinks.query}, {@code cdc.access}, {@code cdc.capture.server}, {@code deploy.letter}, {@code sinks.delta}; libraries:
 * picocli, SLF4J.
 */
@NullMarked
package dev.sluice.deploy.cli;

import org.jspecify.annotations.NullMarked;
