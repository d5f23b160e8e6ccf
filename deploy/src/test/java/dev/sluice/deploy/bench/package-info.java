/**
 * The benchmark: the textbook pipeline and ours over the same recorded stream, in one JVM, in turns.
 *
 * <p>In order: {@link dev.sluice.deploy.bench.Bench} runs it as {@link dev.sluice.deploy.bench.Settings} say; {@link
 * dev.sluice.deploy.bench.Workload} draws changes of {@link dev.sluice.deploy.bench.Customers}, {@link
 * dev.sluice.deploy.bench.Wire} makes records of them and {@link dev.sluice.deploy.bench.Recording} keeps these as
 * files; {@link dev.sluice.deploy.bench.Variant} is what is compared: {@link dev.sluice.deploy.bench.Textbook} with
 * {@link dev.sluice.deploy.bench.NaiveMasking}, and {@link dev.sluice.deploy.bench.Ours}; {@link
 * dev.sluice.deploy.bench.Meter} measures; {@link dev.sluice.deploy.bench.Oracle} knows what must come out and {@link
 * dev.sluice.deploy.bench.Verdict} compares; {@link dev.sluice.deploy.bench.Report} says it.
 */
@NullMarked
package dev.sluice.deploy.bench;

import org.jspecify.annotations.NullMarked;
