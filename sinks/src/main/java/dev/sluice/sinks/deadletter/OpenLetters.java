package dev.sluice.sinks.deadletter;

import dev.sluice.sinks.Lake;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.history.MissingEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Knows the dead letters that are still open and whose key is known. The table is read when it has a new version; what
 * became of a letter is asked anew each time. Not thread-safe.
 */
public final class OpenLetters {

    private static final StructType COLUMNS = new StructType()
            .add("id", DataTypes.StringType)
            .add("output", DataTypes.StringType)
            .add("dataset", DataTypes.StringType)
            .add("rejected_by", DataTypes.StringType)
            .add("key", DataTypes.StringType);

    private final Lake lake;
    private final DirectAccess access;
    private final Judge judge;
    private final List<KeyedLetter> keyed = new ArrayList<>();
    private long version = -1;

    private record KeyedLetter(String id, String topic, String batch, String key) {}

    /** Says what became of a letter. */
    @FunctionalInterface
    public interface Judge {

        /** Every letter is open. */
        Judge ALL_OPEN = (id, batch) -> true;

        /** Whether the letter waits for an operator; the batch is the one that rejected the letter last. */
        boolean isOpen(String id, String batch);
    }

    /** Takes one event of one key. */
    @FunctionalInterface
    public interface Taker {

        /** Takes the event of the key. */
        void take(String topic, String key, MissingEvent event);
    }

    /** The open letters of that lake's output. */
    public OpenLetters(Lake lake, DirectAccess access, Judge judge) {
        this.lake = lake;
        this.access = access;
        this.judge = judge;
    }

    /** Gives the event of every open letter with a key. */
    public void forEach(Taker taker) {
        refresh();
        for (KeyedLetter letter : keyed) {
            Optional<MissingEvent> event = MissingEvent.ofLetter(letter.id());
            if (event.isPresent() && judge.isOpen(letter.id(), letter.batch())) {
                taker.take(letter.topic(), letter.key(), event.get());
            }
        }
    }

    /** Gives the event of each of these letters that has a key and is not open any more. */
    public void forEachClosed(Collection<String> ids, Taker taker) {
        refresh();
        Set<String> wanted = Set.copyOf(ids);
        for (KeyedLetter letter : keyed) {
            Optional<MissingEvent> event = MissingEvent.ofLetter(letter.id());
            boolean closed = wanted.contains(letter.id()) && !judge.isOpen(letter.id(), letter.batch());
            if (event.isPresent() && closed) {
                taker.take(letter.topic(), letter.key(), event.get());
            }
        }
    }

    private void refresh() {
        Optional<DirectTable> table = access.open(lake.location(Lake.DEAD_LETTERS));
        if (table.isPresent() && table.get().version() != version) {
            keyed.clear();
            table.get().forEach(COLUMNS, this::add);
            version = table.get().version();
        }
    }

    private void add(Row row) {
        if (row.getString(1).equals(lake.consumer()) && !row.isNullAt(4)) {
            keyed.add(new KeyedLetter(row.getString(0), row.getString(2), row.getString(3), row.getString(4)));
        }
    }
}
