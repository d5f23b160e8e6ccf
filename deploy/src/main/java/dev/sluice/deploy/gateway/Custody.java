package dev.sluice.deploy.gateway;

import dev.sluice.deploy.embedded.Home;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.SubjectKeys;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The keys of one home: the key file, the control database and the people's keys in it.
 *
 * @param keys the key store
 * @param control the control database
 * @param people a data key for each person
 */
public record Custody(KeyFile keys, ControlDatabase control, SubjectKeys people) implements AutoCloseable {

    private static final int PEOPLE_IN_MEMORY = 100_000;

    /** Opens the keys of that home, and makes them at first use. */
    public static Custody open(Home home) {
        return open(home.keys(), home.controlDb());
    }

    static Custody open(Path keyFolder, Path controlDb) {
        KeyFile keys = KeyFile.open(keyFolder);
        ControlDatabase control = ControlDatabase.open(controlDb);
        return new Custody(keys, control, SubjectKeys.open(control, keys, PEOPLE_IN_MEMORY, Clock.systemUTC()));
    }

    @Override
    public void close() {
        control.close();
    }
}
