/**
 * Supervision of child processes.
 *
 * <p>In here: {@link dev.sluice.deploy.embedded.process.Ports} finds addresses; {@link
 * dev.sluice.deploy.embedded.process.Leash} ties a program to the life of this process; {@link
 * dev.sluice.deploy.embedded.process.WithoutRoot} finds how a program runs when this process is root; {@link
 * dev.sluice.deploy.embedded.process.Child} starts, watches and stops the program; {@link
 * dev.sluice.deploy.embedded.process.ChildLog} keeps what the program prints; {@link
 * dev.sluice.deploy.embedded.process.ChildFailure} describes an unexpected end, and {@link
 * dev.sluice.deploy.embedded.process.FirstFailure} passes the first of them on; {@link
 * dev.sluice.deploy.embedded.process.Leftovers} ends what a killed predecessor left behind.
 *
 * <p>May come in: what every child needs. What one program needs belongs to {@code embedded}.
 *
 * <p>May use: {@code deploy}; libraries: SLF4J.
 */
@NullMarked
package dev.sluice.deploy.embedded.process;

import org.jspecify.annotations.NullMarked;
