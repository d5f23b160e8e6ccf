/**
 * The command line: nouns, then verbs. A command parses, calls, prints; what it calls lives elsewhere. Start reading at
 * {@link dev.sluice.deploy.cli.Sluice}.
 */
@NullMarked
package dev.sluice.deploy.cli;

import org.jspecify.annotations.NullMarked;
