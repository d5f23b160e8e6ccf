package dev.sluice.deploy.letter;

import dev.sluice.cdc.event.Origin;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.masking.seal.DeadLetterSeal;
import dev.sluice.masking.seal.Payload;
import dev.sluice.sinks.query.DeadLetterView.SealedRecord;
import dev.sluice.sinks.query.GovernedTables;
import java.util.Collection;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** Opens sealed letters, to see whether they can be replayed. Needs the master key; shows no value. */
public final class SealedLetters {

    private final GovernedTables tables;
    private final DeadLetterSeal seal;

    /** The letters of the home that these keys open. */
    public SealedLetters(Home home, Custody custody) {
        this.tables = new GovernedTables(home.lake().toString(), new Configuration());
        this.seal = new DeadLetterSeal(custody.keys());
    }

    /**
     * The ids of the open letters that hold their undecoded record. A letter about a person who was erased before the
     * letter was written may hold less. Opens one letter after the other.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-012} when a letter was changed or belongs to
     *     other keys
     */
    public NavigableSet<String> replayable(Collection<Letter> letters) {
        Set<String> open = new HashSet<>();
        letters.stream().filter(Letter::isOpen).map(Letter::id).forEach(open::add);
        NavigableSet<String> replayable = new TreeSet<>();
        tables.sealedRecords(open, letter -> {
            if (holdsRecord(letter)) {
                replayable.add(letter.id());
            }
        });
        return replayable;
    }

    private boolean holdsRecord(SealedRecord letter) {
        return Origin.ofIdentity(letter.id())
                .flatMap(at -> Payload.record(at, seal.open(at, letter.payload())))
                .isPresent();
    }
}
