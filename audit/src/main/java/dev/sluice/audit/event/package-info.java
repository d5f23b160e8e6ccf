/**
 * Defines the events of the ledger and their canonical JSON, one event in each leaf, without a value of any row.
 *
 * <p>In here: {@link dev.sluice.audit.event.LedgerEvent} is one of {@link dev.sluice.audit.event.GatewayStarted},
 * {@link dev.sluice.audit.event.PolicyActivated}, {@link dev.sluice.audit.event.BatchRecorded} (with
 * {@link dev.sluice.audit.event.BatchContinued} for the parts of a wide batch),
 * {@link dev.sluice.audit.event.BatchAbandoned}, {@link dev.sluice.audit.event.ErasureRecorded} and {@link
 * dev.sluice.audit.event.ActionRecorded};
 * {@link dev.sluice.audit.event.EventCodec} reads the bytes of a leaf as an event;
 * {@link dev.sluice.audit.event.EntryJson} writes and reads canonical JSON; {@link dev.sluice.audit.event.Fields} takes
 * the members of a JSON object one by one; {@link dev.sluice.audit.event.ReceiptBody} turns a receipt into JSON members
 * and back.
 *
 * <p>May come in: new kinds of events, and new versions of the kinds that exist, each with a reader for all earlier
 * versions. Finding and storing events goes into {@code audit.ledger}.
 *
 * <p>May use: {@code audit}, {@code cdc.event}, {@code policy.decision}, {@code sinks}; Jackson.
 */
@NullMarked
package dev.sluice.audit.event;

import org.jspecify.annotations.NullMarked;
