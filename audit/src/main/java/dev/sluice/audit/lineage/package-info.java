/**
 * Where a value came from, and who decided what became of it; every step is backed by a leaf of the ledger.
 *
 * <p>In order: a row's own {@link dev.sluice.audit.lineage.RowProvenance} goes into {@link
 * dev.sluice.audit.lineage.Lineage}, out comes a {@link dev.sluice.audit.lineage.LineageRecord}.
 */
@NullMarked
package dev.sluice.audit.lineage;

import org.jspecify.annotations.NullMarked;
