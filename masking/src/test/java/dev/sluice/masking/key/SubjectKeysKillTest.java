package dev.sluice.masking.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.crypto.Framing;
import dev.sluice.masking.crypto.TokenKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that makes keys, as hard as possible: a key that it answered for must be there afterwards. */
@Timeout(120)
class SubjectKeysKillTest {

    private static final int KILLED = 137;
    private static final TokenKey.TokenPlace EMAIL = TokenKey.TokenPlace.of("shop.public.customers", "email");

    @TempDir
    Path home;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void stop() {
        children.forEach(Process::destroyForcibly);
    }

    /** What the killed process runs: makes a key for one person after another and says which token came of it. */
    static final class KeyMaker {
        private KeyMaker() {}

        public static void main(String[] args) {
            Path home = Path.of(args[0]);
            KeyFile keys = KeyFile.open(home.resolve("keys"));
            try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
                SubjectKeys people = SubjectKeys.open(database, keys, 10, Clock.systemUTC());
                for (long id = Long.parseLong(args[1]); id < Long.MAX_VALUE; id++) {
                    System.out.println(id + " " + token(people, id));
                    System.out.flush();
                }
            }
        }
    }

    @Test
    void anAnsweredKeyOutlivesAKill() throws IOException, InterruptedException {
        Map<Long, String> answered = new LinkedHashMap<>();
        for (int round = 0; round < 2; round++) {
            long from = round * 1_000_000L;
            Process child = start(from, "");
            try (BufferedReader out = reader(child)) {
                int wanted = 40 + 40 * round;
                for (int i = 0; i < wanted; i++) {
                    take(out.readLine(), answered);
                }
                // Not through the process object, which would close the pipe that the last answers are in.
                child.toHandle().destroyForcibly();
                // Lines that were on their way are answers too.
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.endsWith(";")) {
                        take(line, answered);
                    }
                }
            }
            assertThat(child.waitFor()).isEqualTo(KILLED);
        }

        assertThat(answered).hasSizeGreaterThanOrEqualTo(120);
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            SubjectKeys people = SubjectKeys.open(database, KeyFile.open(home.resolve("keys")), 10, Clock.systemUTC());
            answered.forEach((id, token) -> assertThat(token(people, id)).isEqualTo(token));
        }
    }

    @Test
    void aCrashBeforeTheKeyIsStoredLeavesNothingHalf() throws IOException, InterruptedException {
        Map<Long, String> answered = new LinkedHashMap<>();
        Process child = start(0, "CP10:4");
        try (BufferedReader out = reader(child)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line, answered);
            }
        }

        assertThat(child.waitFor()).isEqualTo(KILLED);
        assertThat(answered).hasSize(3);
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            SubjectKeys people = SubjectKeys.open(database, KeyFile.open(home.resolve("keys")), 10, Clock.systemUTC());
            assertThat(people.find(people.pseudonym("customer", List.of("3")))).isEmpty();
            answered.forEach((id, token) -> assertThat(token(people, id)).isEqualTo(token));
            assertThat(token(people, 3)).isNotEmpty();
        }
    }

    private Process start(long from, String crash) throws IOException {
        children.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx200m",
                        "-D" + CrashPoint.PROPERTY + "=" + crash,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeyMaker.class.getName(),
                        home.toString(),
                        Long.toString(from))
                .redirectError(home.resolve("child.err").toFile())
                .start());
        return children.get(children.size() - 1);
    }

    private static BufferedReader reader(Process child) {
        return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void take(String line, Map<Long, String> answered) {
        String[] parts = line.split("[ ;]", -1);
        answered.put(Long.valueOf(parts[0]), parts[1] + ";");
    }

    private static String token(SubjectKeys people, long id) {
        SubjectRef person = new SubjectRef("customer", List.of(Long.toString(id)));
        PersonKey key = people.resolve(Set.of(person)).get(person).key().orElseThrow();
        return key.encrypt().seal(EMAIL, Framing.utf8("x")).text() + ";";
    }
}
