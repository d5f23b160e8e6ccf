package dev.sluice.deploy.erasure;

import dev.sluice.deploy.home.Custody;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.ErasureCase.State;
import dev.sluice.masking.control.ErasureCases;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectState;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Stream;

/** Takes requests to erase a person and files them as cases. Nothing is erased here. */
public final class ErasureRequests {

    private static final String REFERENCE = "[A-Za-z0-9._/#-]{1,64}";

    private final Custody custody;
    private final ErasureCases cases;

    /** The requests of the home whose keys these are. */
    public ErasureRequests(Custody custody) {
        this.custody = custody;
        this.cases = new ErasureCases(custody.control(), Clock.systemUTC());
    }

    /**
     * A request as a person gives it.
     *
     * @param kind kind of person as the catalog names it, for example {@code customer}
     * @param key values of the subject's key fields, as the source writes them
     * @param reason reference of the request, never text about the person
     * @param neverSeen whether a person of whom no record has come gets a marker, too
     */
    public record Request(String kind, List<String> key, String reason, boolean neverSeen) {
        public Request {
            key = List.copyOf(key);
        }

        /** Kind and number of key parts only; the key is personal. */
        @Override
        public String toString() {
            return "Request[" + kind + ", " + key.size() + " key parts]";
        }
    }

    /**
     * Files a case after checking the request.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-440} to {@code DEP-443} when the request is not acceptable
     */
    public ErasureCase submit(Request request) {
        if (!request.reason().matches(REFERENCE)) {
            throw ErasureErrors.notAReference();
        }
        if (request.reason().equals(ErasureCase.KEY_CHANGE)) {
            throw ErasureErrors.reservedReference(request.reason());
        }
        NavigableSet<String> known = custody.subjectKinds();
        if (!known.isEmpty() && !known.contains(request.kind())) {
            throw ErasureErrors.unknownKind(known);
        }
        if (!request.neverSeen() && !knows(request.kind(), request.key())) {
            throw ErasureErrors.neverSeen(request.kind());
        }
        return file(request.kind(), request.key(), request.reason());
    }

    /** Whether a record of that person has come through this home, or a case was filed for them. */
    public boolean knows(String kind, List<String> key) {
        String pseudonym = custody.people().pseudonym(kind, key);
        return custody.people().find(pseudonym).isPresent()
                || !cases.about(Set.of(pseudonym)).isEmpty();
    }

    /**
     * Files a case without checking the request. The same request again answers the case that exists, also when that
     * case was filed for another name of the person.
     */
    public ErasureCase file(String kind, List<String> key, String reason) {
        SubjectKeys people = custody.people();
        String pseudonym = people.pseudonym(kind, key);
        boolean erased = people.find(pseudonym).map(SubjectState::erased).orElse(false);
        Stream<ErasureCase> same = erased
                ? cases.about(Set.of(pseudonym)).stream()
                : cases.about(people.linked(pseudonym)).stream().filter(ErasureRequests::reachesAllNames);
        return same.min(Comparator.comparing(c -> !c.pseudonym().equals(pseudonym)))
                .orElseGet(() -> cases.receive(caseId(pseudonym), pseudonym, kind, reason));
    }

    /** The cases of the home. */
    public ErasureCases cases() {
        return cases;
    }

    /** Whether the case will still find out which other names its person has. */
    private static boolean reachesAllNames(ErasureCase open) {
        return open.requested() && open.state() == State.RECEIVED;
    }

    static String caseId(String pseudonym) {
        return "er-" + pseudonym.substring(0, 12);
    }
}
