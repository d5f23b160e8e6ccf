package dev.sluice.deploy.letter;

import dev.sluice.cdc.event.Origin;
import dev.sluice.deploy.home.Custody;
import dev.sluice.masking.seal.DeadLetterSeal;
import dev.sluice.masking.seal.Payload;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens sealed letters, to see whether they can be replayed. Needs the master key; shows no value. */
public final class SealedLetters {

    private static final Pattern ID = Pattern.compile("(.+)-(\\d+)-(\\d+)");

    private final DeadLetterSeal seal;

    /** The letters that these keys open. */
    public SealedLetters(Custody custody) {
        this.seal = new DeadLetterSeal(custody.keys());
    }

    /**
     * Whether the letter holds its undecoded record. A letter about a person who was erased before the letter was
     * written may hold less.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-012} when the letter was changed or belongs to
     *     other keys
     */
    public boolean holdsRecord(Letter letter) {
        Matcher id = ID.matcher(letter.id());
        if (!id.matches()) {
            return false;
        }
        Origin origin = new Origin(id.group(1), Integer.parseInt(id.group(2)), Long.parseLong(id.group(3)), 0);
        return Payload.record(origin, seal.open(origin, letter.view().sealed())).isPresent();
    }
}
