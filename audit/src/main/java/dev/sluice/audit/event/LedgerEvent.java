package dev.sluice.audit.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Describes something that the ledger records. An event holds names, numbers, positions and hashes; it never holds a
 * value of a row or personal data. Immutable.
 */
public sealed interface LedgerEvent
        permits GatewayStarted,
                PolicyActivated,
                BatchRecorded,
                BatchContinued,
                BatchAbandoned,
                ErasureRecorded,
                ActionRecorded {

    /**
     * Returns the time of recording in whole milliseconds by the clock of this machine. The order of events is that of
     * their leaves, not that of these times.
     */
    Instant at();

    /** Returns the name of the kind of event, for example {@code batch}. */
    String type();

    /** Returns the members of the event without type, version and time. */
    Map<String, Object> body();

    /** Returns the version of the members. */
    default int version() {
        return 1;
    }

    /** Returns the bytes of the leaf: canonical JSON. */
    default byte[] canonical() {
        Map<String, Object> object = new TreeMap<>(body());
        object.put("type", type());
        object.put("version", version());
        object.put("at", at().toString());
        return EntryJson.write(object);
    }

    /** Cuts a time to the milliseconds that events hold. */
    static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
