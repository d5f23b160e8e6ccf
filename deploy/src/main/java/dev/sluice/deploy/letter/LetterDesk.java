package dev.sluice.deploy.letter;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.home.Home;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.sinks.query.GovernedTables;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Works the requests of operators between two batches: letters are given up by an event of the ledger. A request is
 * forgotten after its event is durable, so a kill repeats the work, and the repetition finds nothing left to do. Used
 * by one thread.
 */
public final class LetterDesk {

    private final LetterRequests requests;
    private final Ledger ledger;
    private final GovernedTables tables;
    private final LetterActs acts = new LetterActs();

    /** A desk over the requests, the ledger and the lake of one home. */
    public LetterDesk(Home home, ControlDatabase control, Ledger ledger) {
        this.requests = new LetterRequests(control);
        this.ledger = ledger;
        this.tables = new GovernedTables(home.lake().toString(), new Configuration());
    }

    /** Works every open request. */
    public void work() {
        requests.open().forEach((name, request) -> {
            discard(request);
            requests.done(name);
        });
    }

    /** Letters that an erasure has deleted since, and letters that are not open any more, are passed over. */
    private void discard(LetterRequest request) {
        NavigableSet<String> open = new TreeSet<>();
        Letters.of(tables, ledger, acts).all().stream()
                .filter(Letter::isOpen)
                .map(Letter::id)
                .filter(request.letters()::contains)
                .forEach(open::add);
        LetterActs.discard(Instant.now(), open, request.reason()).forEach(ledger::append);
    }
}
