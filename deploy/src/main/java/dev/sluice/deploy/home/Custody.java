package dev.sluice.deploy.home;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.policy.catalog.PolicyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Holds the keys of one home: the key file, the control database and the people's keys in it.
 *
 * @param keys the key store
 * @param control the control database
 * @param people a data key for each person
 */
public record Custody(KeyFile keys, ControlDatabase control, SubjectKeys people) implements AutoCloseable {

    private static final int PEOPLE_IN_MEMORY = 100_000;
    private static final String SUBJECT_KINDS = "subject-kinds";

    /** Opens the keys of that home, and makes them at first use. */
    public static Custody open(Home home) {
        KeyFile keys = KeyFile.open(home.keys());
        ControlDatabase control = ControlDatabase.open(home.controlDb());
        return new Custody(keys, control, SubjectKeys.open(control, keys, PEOPLE_IN_MEMORY, Clock.systemUTC()));
    }

    /**
     * The keys of that home over a copy of its control database: what is written there is lost with the copy. The
     * caller must hold the {@link HomeLock}, so that no other process writes the database.
     */
    public static Custody copyOf(Home home) {
        Path copy = home.scratch().resolve("control.db");
        try {
            for (String suffix : List.of("", "-wal")) {
                Path part = home.controlDb().resolveSibling(home.controlDb().getFileName() + suffix);
                if (Files.exists(part)) {
                    Files.copy(
                            part, copy.resolveSibling(copy.getFileName() + suffix), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw HomeErrors.folder(copy, e);
        }
        KeyFile keys = KeyFile.open(home.keys());
        ControlDatabase control = ControlDatabase.open(copy);
        return new Custody(keys, control, SubjectKeys.open(control, keys, PEOPLE_IN_MEMORY, Clock.systemUTC()));
    }

    /**
     * The kinds of people that the policies of the home have known; empty before a gateway has run. A request to erase
     * a person of another kind would find no row and still be answered with "done".
     */
    public NavigableSet<String> subjectKinds() {
        NavigableSet<String> kinds = new TreeSet<>();
        new GatewayState(control).value(SUBJECT_KINDS).ifPresent(text -> text.lines()
                .forEach(kinds::add));
        return kinds;
    }

    /** Adds the kinds of that policy; a kind that a policy no longer has stays, for its rows may stay. */
    public void noteSubjectKinds(PolicyFolder folder) {
        NavigableSet<String> kinds = subjectKinds();
        for (DatasetId dataset : folder.datasets()) {
            folder.entry(dataset).flatMap(entry -> entry.subject()).ifPresent(subject -> kinds.add(subject.kind()));
        }
        new GatewayState(control).put(SUBJECT_KINDS, String.join("\n", kinds));
    }

    @Override
    public void close() {
        control.close();
    }
}
