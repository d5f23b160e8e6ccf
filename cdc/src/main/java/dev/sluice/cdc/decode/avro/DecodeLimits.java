package dev.sluice.cdc.decode.avro;

import java.io.Serializable;

/**
 * Limits how much one record may hold. Memory for one decoded record stays within a small multiple of {@link
 * #maxRecordBytes()} plus {@link #maxElements()} references.
 *
 * @param maxRecordBytes key, value and headers together
 * @param maxValueBytes one text or byte string
 * @param maxElements elements of all arrays of a record together
 * @param maxDepth nesting of records, arrays and unions in a writer schema
 * @param maxFields fields of one record in a writer schema
 */
public record DecodeLimits(int maxRecordBytes, int maxValueBytes, int maxElements, int maxDepth, int maxFields)
        implements Serializable {

    public DecodeLimits {
        if (maxRecordBytes < 1 || maxValueBytes < 1 || maxElements < 1 || maxDepth < 4 || maxFields < 1) {
            throw new IllegalArgumentException("Every limit of decoding must be positive, and the depth at least 4.");
        }
    }

    /** 16 MiB a record, 8 MiB a value, 100,000 elements, depth 16, 2,000 fields (PostgreSQL: at most 1,600 columns). */
    public static DecodeLimits standard() {
        return new DecodeLimits(16 << 20, 8 << 20, 100_000, 16, 2_000);
    }
}
