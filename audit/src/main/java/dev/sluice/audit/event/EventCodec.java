package dev.sluice.audit.event;

import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Reads the bytes of a leaf as an event. Refuses a leaf with an unknown type, version or member instead of reading it
 * in part. Safe for use by many threads.
 */
public final class EventCodec {
    private static final Map<String, BiFunction<Instant, Fields, LedgerEvent>> TYPES = Map.of(
            GatewayStarted.TYPE, GatewayStarted::read,
            PolicyActivated.TYPE, PolicyActivated::read,
            BatchRecorded.TYPE, BatchRecorded::read,
            BatchContinued.TYPE, BatchContinued::read,
            BatchAbandoned.TYPE, BatchAbandoned::read,
            ErasureRecorded.TYPE, ErasureRecorded::read,
            ActionRecorded.TYPE, ActionRecorded::read);

    private EventCodec() {}

    /**
     * Reads one event.
     *
     * @param leaf index of the leaf, for the message
     * @throws dev.sluice.audit.LedgerException AUD-011 when the entry is not an event of this release, AUD-015 when a
     *     batch does not account for all its records
     */
    public static LedgerEvent read(long leaf, byte[] entry) {
        String where = "leaf " + leaf;
        Fields fields = new Fields(where, EntryJson.read(where, entry));
        String type = fields.text("type");
        BiFunction<Instant, Fields, LedgerEvent> reader = TYPES.get(type);
        if (reader == null || fields.number("version") != 1) {
            throw fields.refused("this release does not know the type or version of the event");
        }
        LedgerEvent event = reader.apply(fields.instant("at"), fields);
        fields.end();
        return event;
    }
}
