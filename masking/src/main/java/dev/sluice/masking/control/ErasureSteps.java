package dev.sluice.masking.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the evidence of the steps that an erasure case has run. Immutable. {@code toString} never shows the salt.
 *
 * @param salt salt of the commitment that stands for the person in the ledger, hex digits; empty before the first step
 * @param markerSet whether the permanent marker of the person is set
 * @param linked other pseudonyms of the same person that the case erases, sorted
 * @param keyDestroyed whether the keys are destroyed and the ledger says so
 * @param ledgerLeaf leaf of the ledger that records the end of the case, null before the end
 * @param rowsDeleted number of deleted rows by table path; empty before the end
 */
public record ErasureSteps(
        String salt,
        boolean markerSet,
        List<String> linked,
        boolean keyDestroyed,
        @Nullable Long ledgerLeaf,
        Map<String, Long> rowsDeleted) {

    /** The evidence of a case that has run no step. */
    public static final ErasureSteps NONE = new ErasureSteps("", false, List.of(), false, null, Map.of());

    public ErasureSteps {
        linked = List.copyOf(linked);
        rowsDeleted = Collections.unmodifiableMap(new LinkedHashMap<>(rowsDeleted));
        if (ledgerLeaf == null && !rowsDeleted.isEmpty()) {
            throw new IllegalArgumentException("Deleted rows are evidence only with the ledger leaf of the case.");
        }
    }

    /** The evidence of the first step: the marker is set for the person and for the linked pseudonyms. */
    public static ErasureSteps marked(String salt, List<String> linked) {
        return new ErasureSteps(salt, true, linked, false, null, Map.of());
    }

    /** This evidence, and the keys are destroyed. */
    public ErasureSteps withKeyDestroyed() {
        return new ErasureSteps(salt, markerSet, linked, true, ledgerLeaf, rowsDeleted);
    }

    /** This evidence, and the rows are deleted and the ledger records the end of the case. */
    public ErasureSteps withRowsDeleted(long leaf, Map<String, Long> rows) {
        return new ErasureSteps(salt, markerSet, linked, keyDestroyed, leaf, rows);
    }

    /** The stored JSON form without the salt, for people to read. */
    public String describe() {
        return ErasureStepsCodec.describe(this);
    }

    @Override
    public String toString() {
        return "ErasureSteps" + describe();
    }
}
