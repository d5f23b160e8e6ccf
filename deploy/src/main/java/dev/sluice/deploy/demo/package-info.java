/**
 * The demo: every part on one machine over the sample shop. {@link dev.sluice.deploy.demo.DemoHome} lays a home out,
 * {@link dev.sluice.deploy.demo.ScriptedDemo} plays the fixed story and sums it up, {@link
 * dev.sluice.deploy.demo.LiveDemo} keeps the shop alive until it is stopped.
 */
@NullMarked
package dev.sluice.deploy.demo;

import org.jspecify.annotations.NullMarked;
