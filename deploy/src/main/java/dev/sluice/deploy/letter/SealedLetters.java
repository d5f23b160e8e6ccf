package dev.sluice.deploy.letter;

import dev.sluice.cdc.event.Origin;
import dev.sluice.deploy.home.Custody;
import dev.sluice.masking.seal.DeadLetterSeal;
import dev.sluice.masking.seal.Payload;

/** Opens sealed letters, to see whether they can be replayed. Needs the master key; shows no value. */
public final class SealedLetters {

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
        return Origin.ofIdentity(letter.id())
                .flatMap(at -> Payload.record(at, seal.open(at, letter.view().sealed())))
                .isPresent();
    }
}
