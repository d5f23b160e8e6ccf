/**
 * Supervision of child processes. {@link dev.sluice.deploy.embedded.process.Ports} finds addresses, {@link
 * dev.sluice.deploy.embedded.process.Leash} ties a program to the life of this one, {@link
 * dev.sluice.deploy.embedded.process.WithoutRoot} finds how it runs when this process is root, {@link
 * dev.sluice.deploy.embedded.process.Child} starts, watches and stops it, {@link
 * dev.sluice.deploy.embedded.process.ChildLog} keeps what it prints, {@link
 * dev.sluice.deploy.embedded.process.ChildFailure} tells of an unexpected end, {@link
 * dev.sluice.deploy.embedded.process.Leftovers} ends what a killed predecessor left behind.
 */
@NullMarked
package dev.sluice.deploy.embedded.process;

import org.jspecify.annotations.NullMarked;
