/**
 * Where the log goes and what a log line holds.
 *
 * <p>In here: {@link dev.sluice.deploy.log.LogTarget} chooses file, standard output, standard error or no log before
 * the first line is written; {@link dev.sluice.deploy.log.CausesResolverFactory} makes the member {@code causes} of a
 * log line: class and places of every exception in the chain, without messages, because messages of other libraries may
 * quote data.
 *
 * <p>May come in: the form of log lines. What is logged belongs to the package that logs.
 *
 * <p>May use: {@code deploy.lifecycle}; libraries: Log4j.
 */
@NullMarked
package dev.sluice.deploy.log;

import org.jspecify.annotations.NullMarked;
