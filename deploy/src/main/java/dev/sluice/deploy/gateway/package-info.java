/**
 * The gateway: the only code that sees every stage of the line.
 *
 * <p>{@link dev.sluice.deploy.gateway.GovernedLine} decodes, decides and protects a chunk of records wherever they are.
 * {@link dev.sluice.deploy.gateway.Gateway} captures, and runs batches: {@link dev.sluice.deploy.gateway.Batches}
 * writes, records, and only then lets the batch be acknowledged. {@link dev.sluice.deploy.gateway.ErasureDesk} works
 * erasure requests between batches.
 */
@NullMarked
package dev.sluice.deploy.gateway;

import org.jspecify.annotations.NullMarked;
