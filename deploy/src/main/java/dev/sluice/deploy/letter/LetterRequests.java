package dev.sluice.deploy.letter;

import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Keeps what operators ask for, oldest first, each request as one fact of the control database under {@code
 * dlq-request/}. A request stays until the act is in the ledger, so it outlives a kill. Needs no master key. Safe for
 * use by several processes.
 */
public final class LetterRequests {

    private static final String PREFIX = "dlq-request/";

    private final GatewayState state;

    /** The requests of the home with that control database. */
    public LetterRequests(ControlDatabase control) {
        this.state = new GatewayState(control);
    }

    /** Files a request; durable on return. */
    public void file(LetterRequest request) {
        String moment = String.format("%016d", Instant.now().toEpochMilli());
        state.put(PREFIX + moment + "-" + UUID.randomUUID(), request.text());
    }

    /** The requests that are not done, by name, oldest first. */
    SortedMap<String, LetterRequest> open() {
        SortedMap<String, LetterRequest> open = new TreeMap<>();
        state.startingWith(PREFIX).forEach((name, text) -> open.put(name, LetterRequest.parse(text)));
        return open;
    }

    /** Changes a request of which a part is planned; durable on return. */
    void put(String name, LetterRequest request) {
        state.put(name, request.text());
    }

    /** Forgets a request whose act is in the ledger. */
    void done(String name) {
        state.remove(name);
    }
}
