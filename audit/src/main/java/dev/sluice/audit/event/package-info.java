/**
 * What the ledger says: events as canonical JSON, one per leaf, without a value of any row.
 *
 * <p>In order: {@link dev.sluice.audit.event.LedgerEvent} is one of {@link dev.sluice.audit.event.GatewayStarted},
 * {@link dev.sluice.audit.event.PolicyActivated}, {@link dev.sluice.audit.event.BatchRecorded} (and {@link
 * dev.sluice.audit.event.BatchContinued} for the parts of a wide one), {@link dev.sluice.audit.event.ErasureRecorded}
 * and {@link dev.sluice.audit.event.ActionRecorded}; {@link dev.sluice.audit.event.EventCodec} and {@link
 * dev.sluice.audit.event.EntryJson} write and read them.
 */
@NullMarked
package dev.sluice.audit.event;

import org.jspecify.annotations.NullMarked;
