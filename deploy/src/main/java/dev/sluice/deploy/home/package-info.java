/**
 * The folder that holds all state of one pipeline on one machine.
 *
 * <p>In here: {@link dev.sluice.deploy.home.Home} names the folders; {@link dev.sluice.deploy.home.HomeFormat} refuses
 * a home whose files another version wrote; {@link dev.sluice.deploy.home.HomeOwner} ties a home to one pipeline and
 * source; {@link dev.sluice.deploy.home.HomeLock} keeps a second process out; {@link dev.sluice.deploy.home.Custody}
 * opens the keys; {@link dev.sluice.deploy.home.HomeLedger} opens, reads and verifies the ledger; {@link
 * dev.sluice.deploy.home.HomeErrors} makes the failures.
 *
 * <p>May come in: what belongs to the folder itself. What a gateway does with the folder belongs to {@code gateway},
 * what a question reads from the folder to {@code ask}.
 *
 * <p>May use: {@code deploy}, {@code audit.ledger}, {@code audit.tile}, {@code audit.verify}, {@code cdc.event}, {@code
 * masking.control}, {@code masking.key}, {@code policy.catalog}, {@code policy.decision}; libraries: SLF4J.
 */
@NullMarked
package dev.sluice.deploy.home;

import org.jspecify.annotations.NullMarked;
