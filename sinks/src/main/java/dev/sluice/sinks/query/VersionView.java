package dev.sluice.sinks.query;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows one version of a key as a table holds it.
 *
 * @param values business columns as treated, in table order
 * @param validFrom first moment at which the version holds
 * @param validTo first moment at which the version no longer holds, null while the version holds
 * @param op one-letter code of the change that opened the version
 * @param seq source position of that change
 * @param subject pseudonym of the person, null when none
 * @param provenance where the version comes from
 */
public record VersionView(
        Map<String, @Nullable Object> values,
        Instant validFrom,
        @Nullable Instant validTo,
        String op,
        String seq,
        @Nullable String subject,
        VersionProvenance provenance) {

    /** Names and positions only; the values are data. */
    @Override
    public String toString() {
        return "VersionView[" + seq + "]";
    }
}
