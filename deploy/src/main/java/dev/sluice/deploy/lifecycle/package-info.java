/**
 * The life cycle of a process: the steps of its opening and closing, the states in between, and its end.
 *
 * <p>In here: {@link dev.sluice.deploy.lifecycle.Steps} runs named opening steps, hands one line with the time that
 * each took to the command (which prints the line), and closes what they opened, newest first; {@link
 * dev.sluice.deploy.lifecycle.LifeCycle} is the state that {@code status} shows; {@link
 * dev.sluice.deploy.lifecycle.StateFile} keeps that state and the last failure for other processes; {@link
 * dev.sluice.deploy.lifecycle.Ending} decides how the process ends; {@link dev.sluice.deploy.lifecycle.Rounds} runs
 * small work every second; {@link dev.sluice.deploy.lifecycle.Estimate} tells how far long work has come; {@link
 * dev.sluice.deploy.lifecycle.Failures} finds what a person may read in a chain of exceptions.
 *
 * <p>May come in: what every long-running command needs to start, show its state and end. What is started belongs to
 * the package that owns it.
 *
 * <p>May use: {@code cdc}, {@code deploy}; libraries: Jackson, SLF4J.
 */
@NullMarked
package dev.sluice.deploy.lifecycle;

import org.jspecify.annotations.NullMarked;
