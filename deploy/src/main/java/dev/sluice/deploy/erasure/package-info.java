/**
 * Erasing a person: requests, cases, steps.
 *
 * <p>In here: {@link dev.sluice.deploy.erasure.ErasureRequests} checks a request and files a case; {@link
 * dev.sluice.deploy.erasure.ErasureDesk} works cases between two batches; {@link
 * dev.sluice.deploy.erasure.OfflineErasure} works them on a home without a gateway; {@link
 * dev.sluice.deploy.erasure.Commitment} is the salted hash that stands for a person in the ledger.
 *
 * <p>May come in: every step of a case. Deleting rows belongs to {@code sinks.erasure}, destroying keys to {@code
 * masking.key}.
 *
 * <p>May use: {@code deploy}, {@code deploy.home}, {@code deploy.lifecycle}, {@code audit.event}, {@code audit.ledger},
 * {@code cdc.event}, {@code masking.control}, {@code masking.key}, {@code sinks}, {@code sinks.delta}, {@code
 * sinks.erasure}; libraries: Spark, SLF4J.
 */
@NullMarked
package dev.sluice.deploy.erasure;

import org.jspecify.annotations.NullMarked;
