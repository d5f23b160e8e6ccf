package dev.sluice.deploy.gateway;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.policy.catalog.PolicyFolder;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The kinds of people that the policies of a home have known. A request to erase somebody of another kind would find
 * nobody and still be answered with "done".
 */
public final class SubjectKinds {

    private static final String NAME = "subject-kinds";

    private SubjectKinds() {}

    /** The kinds; empty before a gateway has run. */
    public static NavigableSet<String> of(Custody custody) {
        NavigableSet<String> kinds = new TreeSet<>();
        new GatewayState(custody.control()).value(NAME).ifPresent(text -> text.lines()
                .forEach(kinds::add));
        return kinds;
    }

    /** Adds the kinds of that policy; a kind that a policy no longer has stays, for its rows may stay. */
    static void note(Custody custody, Path policy) {
        NavigableSet<String> kinds = of(custody);
        PolicyFolder folder = PolicyFolder.load(policy);
        for (DatasetId dataset : folder.datasets()) {
            folder.entry(dataset).flatMap(entry -> entry.subject()).ifPresent(subject -> kinds.add(subject.kind()));
        }
        new GatewayState(custody.control()).put(NAME, String.join("\n", kinds));
    }
}
