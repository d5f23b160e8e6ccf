package dev.sluice.deploy.letter;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.planner.Replays;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.query.GovernedTables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Works the requests of operators between two batches. Letters are given up by an event of the ledger. A replay is
 * planned here, announced in the ledger, and executed as the next batch. A request is forgotten after its act is
 * durable, so a kill repeats the act: a letter is given up once, and what a second replay brings is a duplicate. Used
 * by one thread.
 */
public final class LetterDesk {

    private final LetterRequests requests;
    private final Ledger ledger;
    private final Replays replays;
    private final GovernedTables tables;
    private final LetterActs acts = new LetterActs();
    private final LetterPortions portions;

    /** A desk over the requests, the ledger and the lake of one home. */
    public LetterDesk(Home home, ControlDatabase control, Ledger ledger) {
        this(home, control, ledger, LetterPortions.STANDARD);
    }

    LetterDesk(Home home, ControlDatabase control, Ledger ledger, LetterPortions portions) {
        this.portions = portions;
        this.requests = new LetterRequests(control);
        this.ledger = ledger;
        this.replays = new Replays(control, ledger);
        this.tables = new GovernedTables(home.lake().toString(), new Configuration());
    }

    /** Works every open request; plans at most one replay. */
    public void work() {
        discard();
        for (Map.Entry<String, LetterRequest> request : requests.open().entrySet()) {
            if (planned(request.getKey(), request.getValue())) {
                return;
            }
        }
    }

    /** Gives up the letters of all requests to do so. */
    void discard() {
        requests.open().forEach((name, request) -> {
            if (request.act() == LetterRequest.Act.DISCARD) {
                discard(name, request);
            }
        });
    }

    /** Letters that a replay under way has taken wait for its end: what it applies cannot be given up any more. */
    private void discard(String name, LetterRequest request) {
        List<String> taken = replays.unfinished().map(BatchPlan::letters).orElse(List.of());
        NavigableSet<String> now = ids(letters(request));
        NavigableSet<String> later = new TreeSet<>(now);
        later.retainAll(taken);
        now.removeAll(later);
        LetterActs.discard(Instant.now(), now, request.reason()).forEach(ledger::append);
        if (later.isEmpty()) {
            requests.done(name);
        } else {
            requests.put(name, new LetterRequest(request.act(), later, request.reason()));
        }
    }

    /** Whether the letter, which that batch rejected last, is open. */
    public boolean isOpen(String id, String batch) {
        return acts.follow(ledger).isOpen(id, batch);
    }

    /** Whether a replay waits for a batch that was begun. */
    boolean isWaiting() {
        return !requests.open().isEmpty();
    }

    private boolean planned(String name, LetterRequest request) {
        List<Letter> letters = letters(request);
        NavigableSet<String> open = ids(letters);
        NavigableSet<String> some = ids(portions.first(letters));
        if (some.isEmpty()) {
            requests.done(name);
            return false;
        }
        Optional<BatchPlan> plan = replays.plan(some);
        plan.ifPresent(batch -> {
            LetterActs.replay(Instant.now(), some, batch.id().text()).forEach(ledger::append);
            open.removeAll(some);
            requests.put(name, new LetterRequest(request.act(), open, request.reason()));
        });
        return plan.isPresent();
    }

    /** Letters that an erasure has deleted since, and letters that are not open any more, are passed over. */
    private List<Letter> letters(LetterRequest request) {
        return Letters.of(tables, ledger, acts).all().stream()
                .filter(Letter::isOpen)
                .filter(letter -> request.letters().contains(letter.id()))
                .toList();
    }

    private static NavigableSet<String> ids(List<Letter> letters) {
        NavigableSet<String> ids = new TreeSet<>();
        letters.forEach(letter -> ids.add(letter.id()));
        return ids;
    }
}
