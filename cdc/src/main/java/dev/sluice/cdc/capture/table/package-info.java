/**
 * Says which tables a pipeline names, which of them may be captured, for the gate of every start and for the check
 * for people, and of which tables a new snapshot is asked for.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.table.TableSelection} names tables by its {@link
 * dev.sluice.cdc.capture.table.TableEntry entries}; {@link dev.sluice.cdc.capture.table.TableObstacle} lists why a
 * table must not be captured as it is; {@link dev.sluice.cdc.capture.table.TableErrors} and {@link
 * dev.sluice.cdc.capture.table.RowKeyErrors} make the failure for each; {@link dev.sluice.cdc.capture.table.TableSight}
 * looks at tables; {@link dev.sluice.cdc.capture.table.SnapshotRequests} keeps what is asked for, and {@link
 * dev.sluice.cdc.capture.table.SnapshotTrouble} why a snapshot waits or was refused; {@link
 * dev.sluice.cdc.capture.table.SnapshotErrors} makes the failures of both.
 *
 * <p>May come in: a further rule about a table, as a pure function of its facts. Reading the facts goes to {@code
 * cdc.capture.postgres}; a finding for people goes to {@code cdc.capture.check}, with the rule from here.
 *
 * <p>May use: {@code cdc}, {@code cdc.capture.postgres}, {@code cdc.finding}; Jackson, SLF4J.
 */
@NullMarked
package dev.sluice.cdc.capture.table;

import org.jspecify.annotations.NullMarked;
