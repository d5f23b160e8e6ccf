/** The gateway as a product: what wires the line, runs it and shows it. Its failures are {@link DeployException}s. */
@NullMarked
package dev.sluice.deploy;

import org.jspecify.annotations.NullMarked;
