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
 * Works the requests of operators between two batches. Letters are given up by an event of the ledger, and the next
 * batch shows what was parked behind them. A replay is planned here, announced in the ledger, and executed as the next
 * batch. A request is forgotten after its act is durable, so a kill repeats the act: a letter is given up once, and
 * what a second replay brings is a duplicate. Used by one thread.
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

    /** Works every open request; plans at most one batch. */
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
        NavigableSet<String> now = ids(letters(request, LetterState.OPEN));
        NavigableSet<String> later = new TreeSet<>(now);
        later.retainAll(taken);
        now.removeAll(later);
        LetterActs.discard(Instant.now(), now, request.reason()).forEach(ledger::append);
        NavigableSet<String> holding = ids(letters(request, LetterState.DISCARDED).stream()
                .filter(letter -> letter.view().key() != null)
                .toList());
        if (!holding.isEmpty()) {
            free(name + "-free", holding);
        }
        if (later.isEmpty()) {
            requests.done(name);
        } else {
            requests.put(name, new LetterRequest(request.act(), later, request.reason()));
        }
    }

    /** Asks to free what is parked behind these letters, once also when a kill repeats the act. */
    private void free(String name, NavigableSet<String> letters) {
        LetterRequest before = requests.open().get(name);
        if (before != null) {
            letters.addAll(before.letters());
        }
        requests.put(name, new LetterRequest(LetterRequest.Act.FREE, letters, ""));
    }

    /** Whether the letter, which that batch rejected last, is open. */
    public boolean isOpen(String id, String batch) {
        return acts.follow(ledger).isOpen(id, batch);
    }

    /** Whether a replay waits for a batch that was begun. */
    boolean isWaiting() {
        return !requests.open().isEmpty();
    }

    /** A discard is not planned: its letters wait for the end of a replay. */
    private boolean planned(String name, LetterRequest request) {
        if (request.act() == LetterRequest.Act.DISCARD) {
            return false;
        }
        boolean frees = request.act() == LetterRequest.Act.FREE;
        List<Letter> letters = letters(request, frees ? LetterState.DISCARDED : LetterState.OPEN);
        NavigableSet<String> open = ids(letters);
        NavigableSet<String> some = ids(portions.first(letters));
        if (some.isEmpty()) {
            requests.done(name);
            return false;
        }
        Optional<BatchPlan> plan = replays.plan(some);
        plan.ifPresent(batch -> {
            String id = batch.id().text();
            (frees ? LetterActs.free(Instant.now(), some, id) : LetterActs.replay(Instant.now(), some, id))
                    .forEach(ledger::append);
            open.removeAll(some);
            requests.put(name, new LetterRequest(request.act(), open, request.reason()));
        });
        return plan.isPresent();
    }

    /** Letters that an erasure has deleted since, and letters in another state, are passed over. */
    private List<Letter> letters(LetterRequest request, LetterState state) {
        return Letters.of(tables, ledger, acts).all().stream()
                .filter(letter -> letter.state() == state)
                .filter(letter -> request.letters().contains(letter.id()))
                .toList();
    }

    private static NavigableSet<String> ids(List<Letter> letters) {
        NavigableSet<String> ids = new TreeSet<>();
        letters.forEach(letter -> ids.add(letter.id()));
        return ids;
    }
}
