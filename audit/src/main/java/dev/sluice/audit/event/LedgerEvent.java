package dev.sluice.audit.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that the ledger records. Holds names, numbers, positions and hashes, never a value of a row and no personal
 * data. Immutable.
 */
public sealed interface LedgerEvent
        permits GatewayStarted, PolicyActivated, BatchRecorded, BatchContinued, ErasureRecorded, ActionRecorded {

    /** When it was recorded, in whole milliseconds, by this machine's clock. The order is that of the leaves. */
    Instant at();

    /** Name of the kind of event, for example {@code batch}. */
    String type();

    /** What it says, without type, version and time. */
    Map<String, Object> body();

    /** Version of the body's shape. */
    default int version() {
        return 1;
    }

    /** The bytes of its leaf. */
    default byte[] canonical() {
        Map<String, Object> object = new TreeMap<>(body());
        object.put("type", type());
        object.put("version", version());
        object.put("at", at().toString());
        return EntryJson.write(object);
    }

    /** A time as events hold it. */
    static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
