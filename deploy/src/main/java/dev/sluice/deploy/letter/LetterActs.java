package dev.sluice.deploy.letter;

import dev.sluice.audit.event.ActionRecorded;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.ledger.LedgerView;
import dev.sluice.sinks.query.DeadLetterView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows what became of dead letters, from the ledger alone. A discard is one event {@value #DISCARD} for at most
 * {@value #LISTED} letters. A replay is announced by events {@value #REPLAY} that name its batch, and counts when that
 * batch is recorded, so a kill between the two leaves no letter half replayed. Events {@value #FREE} name the batch
 * that shows what was parked behind letters that were given up. Safe for use by many threads.
 */
public final class LetterActs {

    static final String DISCARD = "dlq.discard";
    static final String REPLAY = "dlq.replay";
    static final String FREE = "dlq.free";

    /** Largest number of letters that one event names. */
    static final int LISTED = 50;

    private static final String LETTERS = "letters";
    private static final String REASON = "reason";
    private static final String BATCH = "batch";

    private final Map<String, Discarded> discarded = new HashMap<>();
    private final Map<String, String> replayed = new HashMap<>();
    private final Map<String, List<String>> announced = new HashMap<>();
    private long next;
    private long lastBatch;

    /**
     * A letter that was given up.
     *
     * @param reason why
     * @param after number of the batch that was recorded last before
     */
    private record Discarded(String reason, long after) {}

    /** The acts that the ledger holds. */
    public static LetterActs of(LedgerView ledger) {
        return new LetterActs().follow(ledger);
    }

    /** Takes in the leaves that were added since. */
    synchronized LetterActs follow(LedgerView ledger) {
        for (long size = ledger.size(); next < size; next++) {
            add(ledger.leaf(next));
        }
        return this;
    }

    /** The letter with what became of it. */
    public synchronized Letter of(DeadLetterView view) {
        Discarded act = discarded.get(view.id());
        if (act != null && number(view.batch()) <= act.after()) {
            return new Letter(view, LetterState.DISCARDED, act.reason());
        }
        return isOpen(view.id(), view.batch())
                ? new Letter(view, LetterState.OPEN, "")
                : new Letter(view, LetterState.REPLAYED, "batch " + replayed.get(view.id()));
    }

    /** Whether the letter, which that batch rejected last, is open. */
    synchronized boolean isOpen(String id, String batch) {
        String replay = replayed.get(id);
        // A replay that rejects the record again writes its batch into the letter, so the letter names that replay, or
        // a later one whose announcement a kill has kept from the ledger. Where raw topics were made again, a
        // later batch may write another letter of the same id.
        Discarded act = discarded.get(id);
        boolean given = act != null && number(batch) <= act.after();
        return !given && (replay == null || number(batch) >= number(replay));
    }

    /** The number of a batch, which stands behind the generation. */
    private static long number(String batch) {
        return Long.parseLong(batch.substring(batch.indexOf('/') + 1));
    }

    /** The events that say that these letters are given up. */
    static List<ActionRecorded> discard(Instant at, NavigableSet<String> ids, String reason) {
        return events(at, DISCARD, ids, Map.of(REASON, reason));
    }

    /** The events that announce that a batch replays these letters. */
    static List<ActionRecorded> replay(Instant at, NavigableSet<String> ids, String batch) {
        return events(at, REPLAY, ids, Map.of(BATCH, batch));
    }

    /** The events that announce that a batch shows what was parked behind these letters. */
    static List<ActionRecorded> free(Instant at, NavigableSet<String> ids, String batch) {
        return events(at, FREE, ids, Map.of(BATCH, batch));
    }

    private static List<ActionRecorded> events(
            Instant at, String action, NavigableSet<String> ids, Map<String, String> attributes) {
        List<String> all = List.copyOf(ids);
        List<ActionRecorded> events = new ArrayList<>();
        for (int from = 0; from < all.size(); from += LISTED) {
            List<String> some = all.subList(from, Math.min(all.size(), from + LISTED));
            Map<String, String> body = new TreeMap<>(attributes);
            body.put(LETTERS, String.join(" ", some));
            body.put("count", Integer.toString(some.size()));
            body.put("of", Integer.toString(all.size()));
            body.put("digest", LetterDigest.of(ids));
            events.add(new ActionRecorded(at, action, body));
        }
        return events;
    }

    private void add(LedgerEvent event) {
        if (event instanceof ActionRecorded act && act.action().equals(DISCARD)) {
            letters(act).forEach(id -> discarded.put(id, new Discarded(attribute(act, REASON), lastBatch)));
        } else if (event instanceof ActionRecorded act && act.action().equals(REPLAY)) {
            announced
                    .computeIfAbsent(attribute(act, BATCH), batch -> new ArrayList<>())
                    .addAll(letters(act));
        } else if (event instanceof BatchRecorded batch) {
            String id = batch.receipt().batch().text();
            lastBatch = number(id);
            @Nullable List<String> letters = announced.remove(id);
            if (letters != null) {
                letters.forEach(letter -> replayed.put(letter, id));
            }
        }
    }

    private static List<String> letters(ActionRecorded act) {
        return List.of(attribute(act, LETTERS).split(" ", -1));
    }

    private static String attribute(ActionRecorded act, String name) {
        return act.attributes().getOrDefault(name, "");
    }
}
