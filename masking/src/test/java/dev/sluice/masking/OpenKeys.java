package dev.sluice.masking;

import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.key.FixedKeys;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.SubjectKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Fixed keys, an empty control database and a protector over them, new for every test. */
abstract class OpenKeys {

    @TempDir
    Path home;

    KeyFile keys;
    ControlDatabase database;
    SubjectKeys people;
    Protector protector;

    @BeforeEach
    void openKeys() throws IOException, GeneralSecurityException {
        keys = FixedKeys.in(home);
        database = ControlDatabase.open(home.resolve("control.db"));
        people = SubjectKeys.open(database, keys, 100, Clock.systemUTC());
        protector = new Protector(keys, people);
    }

    @AfterEach
    void closeKeys() {
        database.close();
    }
}
