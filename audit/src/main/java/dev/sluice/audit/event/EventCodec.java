package dev.sluice.audit.event;

import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;

/** Reads the bytes of a leaf as an event; whatever it cannot read whole, it refuses. Safe for many threads. */
public final class EventCodec {
    private static final Map<String, BiFunction<Instant, Fields, LedgerEvent>> TYPES = Map.of(
            GatewayStarted.TYPE, GatewayStarted::read,
            PolicyActivated.TYPE, PolicyActivated::read,
            BatchRecorded.TYPE, BatchRecorded::read,
            BatchContinued.TYPE, BatchContinued::read,
            ErasureRecorded.TYPE, ErasureRecorded::read,
            ActionRecorded.TYPE, ActionRecorded::read);

    private EventCodec() {}

    /**
     * The event of a leaf.
     *
     * @param leaf index of the leaf for the message
     * @throws dev.sluice.audit.LedgerException AUD-011 when it is none of this version, AUD-015 when a batch does not
     *     account for all its records
     */
    public static LedgerEvent read(long leaf, byte[] entry) {
        String where = "leaf " + leaf;
        Fields fields = new Fields(where, EntryJson.read(where, entry));
        String type = fields.text("type");
        BiFunction<Instant, Fields, LedgerEvent> reader = TYPES.get(type);
        if (reader == null || fields.number("version") != 1) {
            throw fields.refused("its type or version is not known to this version of the gateway");
        }
        LedgerEvent event = reader.apply(fields.instant("at"), fields);
        fields.end();
        return event;
    }
}
