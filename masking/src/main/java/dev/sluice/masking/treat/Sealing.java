package dev.sluice.masking.treat;

import dev.sluice.cdc.event.DataType;
import dev.sluice.masking.crypto.Envelope;
import dev.sluice.masking.crypto.Framing;
import dev.sluice.masking.crypto.TokenKey;
import dev.sluice.masking.key.PersonKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a value by the ciphertext of its canonical text, as an {@link Envelope}: under a key of the person that the
 * image is about, or under the quarantine key where the image names no person. Text that begins like an envelope is the
 * fault {@link Fault#DOUBLE_TOKEN}.
 */
final class Sealing implements FieldTreatment {

    private final DataType type;
    private final TokenKey.TokenPlace place;
    private final Function<PersonKey, TokenKey> choice;
    private final TokenKey noPerson;

    Sealing(DataType type, TokenKey.TokenPlace place, Function<PersonKey, TokenKey> choice, TokenKey noPerson) {
        this.type = type;
        this.place = place;
        this.choice = choice;
        this.noPerson = noPerson;
    }

    @Override
    public void apply(ValueVector in, ValueVector out, Persons persons) {
        Object last = null;
        TokenKey lastKey = noPerson;
        int lastLane = -1;
        for (int lane = 0; lane < in.size(); lane++) {
            Object value = in.value(lane);
            if (value == null || in.isEmpty(lane)) {
                out.set(lane, value);
                continue;
            }
            TokenKey key = persons.key(lane).map(choice).orElse(noPerson);
            if (same(key, lastKey) && value.equals(last)) {
                out.copy(lane, out, lastLane);
            } else {
                EachValue.put(out, lane, seal(key, value));
                last = value;
                lastKey = key;
                lastLane = lane;
            }
        }
    }

    private Object seal(TokenKey key, Object value) {
        String text = Canonical.text(type, value);
        if (value instanceof String && Envelope.claimed(text)) {
            return Fault.DOUBLE_TOKEN;
        }
        return key.seal(place, Framing.utf8(text)).text();
    }

    @SuppressWarnings("ReferenceEquality") // the same object is the same key; another one is sealed again
    private static boolean same(TokenKey key, @Nullable TokenKey last) {
        return key == last;
    }
}
