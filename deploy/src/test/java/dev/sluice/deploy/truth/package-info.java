/**
 * The second opinion: what the shop's database says that happened ({@link dev.sluice.deploy.truth.Truth}), what an
 * independent reader finds in the lake ({@link dev.sluice.deploy.truth.KernelReader}), and the difference ({@link
 * dev.sluice.deploy.truth.Comparison}). Uses no code of the line.
 */
package dev.sluice.deploy.truth;
