package dev.sluice.masking.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.masking.error.ProtectionException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asks the control database questions, alone and beside another process, and compares the folder afterwards. */
@Timeout(180)
class ReadOnlyControlTest {

    @TempDir
    Path folder;

    private Path home;
    private Path file;
    private final List<Process> children = new ArrayList<>();

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("a home % # ? "));
        file = home.resolve("control.db");
    }

    @AfterEach
    void stop() {
        children.forEach(Process::destroyForcibly);
    }

    /** The process that writes: puts a fact for every line that it is given. */
    static final class FactWriter {
        private FactWriter() {}

        public static void main(String[] args) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (ControlDatabase database = ControlDatabase.open(Path.of(args[0]))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    new GatewayState(database).put("fact", line);
                    System.out.println("written");
                    System.out.flush();
                }
            }
        }
    }

    /** The process that asks: prints the fact, and the folder of the driver's native library. */
    static final class FactReader {
        private FactReader() {}

        public static void main(String[] args) {
            try (ControlDatabase database = ControlDatabase.openReadOnly(Path.of(args[0]))) {
                System.out.println(new GatewayState(database).value("fact").orElse("none"));
                System.out.println(System.getProperty("org.sqlite.tmpdir"));
            }
        }
    }

    @Test
    void leavesAClosedDatabaseAsItIs() throws IOException, InterruptedException {
        try (ControlDatabase database = ControlDatabase.open(file)) {
            new GatewayState(database).put("fact", "one");
        }
        deleteNativeFolder();
        Map<String, String> before = snapshot();

        Process asking = start(FactReader.class);
        List<String> answer;
        try (BufferedReader out = reader(asking.getInputStream())) {
            answer = out.lines().toList();
        }

        assertThat(asking.waitFor()).isZero();
        assertThat(answer).first().isEqualTo("one");
        assertThat(Path.of(answer.get(1))).doesNotExist().isAbsolute();
        assertThat(answer.get(1)).doesNotStartWith(home.toString());
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void seesWhatAWritingProcessHasCommitted() throws IOException {
        Process writer = start(FactWriter.class);
        try (PrintWriter in = new PrintWriter(writer.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader out = reader(writer.getInputStream())) {
            in.println("one");
            assertThat(out.readLine()).isEqualTo("written");
            ControlDatabase database = ControlDatabase.openReadOnly(file);
            assertThat(new GatewayState(database).value("fact")).contains("one");
            Map<String, String> before = snapshot();
            assertThat(new GatewayState(database).value("fact")).contains("one");
            assertThat(snapshot()).isEqualTo(before);

            in.println("two");
            assertThat(out.readLine()).isEqualTo("written");

            assertThat(new GatewayState(database).value("fact")).contains("two");
        }
    }

    @Test
    void followsADatabaseThatAProcessOpensAndCloses() throws IOException, InterruptedException {
        ControlDatabase.open(file).close();
        ControlDatabase database = ControlDatabase.openReadOnly(file);
        assertThat(new GatewayState(database).value("fact")).isEmpty();

        Process writer = start(FactWriter.class);
        try (PrintWriter in = new PrintWriter(writer.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader out = reader(writer.getInputStream())) {
            in.println("one");
            assertThat(out.readLine()).isEqualTo("written");
            assertThat(new GatewayState(database).value("fact")).contains("one");
        }
        assertThat(writer.waitFor()).isZero();

        assertThat(home.resolve("control.db-wal")).doesNotExist();
        assertThat(new GatewayState(database).value("fact")).contains("one");
    }

    @Test
    void readsWhatAKilledProcessLeft() throws IOException, InterruptedException {
        Process writer = start(FactWriter.class);
        try (PrintWriter in = new PrintWriter(writer.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader out = reader(writer.getInputStream())) {
            in.println("one");
            assertThat(out.readLine()).isEqualTo("written");
            writer.toHandle().destroyForcibly();
            writer.waitFor();
        }
        assertThat(home.resolve("control.db-wal")).isNotEmptyFile();
        Map<String, String> before = snapshot();

        ControlDatabase database = ControlDatabase.openReadOnly(file);

        assertThat(new GatewayState(database).value("fact")).contains("one");
        assertThat(snapshot()).isEqualTo(before);
        Files.delete(home.resolve("control.db-shm"));
        assertThatThrownBy(() -> new GatewayState(database).value("fact"))
                .hasMessageStartingWith("MSK-017 ")
                .hasMessageContaining(file.toString());
        assertThat(home.resolve("control.db-shm")).doesNotExist();
    }

    @Test
    void readsAgainWhenALogAppearsMeanwhile() {
        try (ControlDatabase database = ControlDatabase.open(file)) {
            new GatewayState(database).put("fact", "one");
        }
        ControlDatabase database = ControlDatabase.openReadOnly(file);
        List<String> seen = new ArrayList<>();

        String last = database.read("read a fact twice", handle -> {
            seen.add(fact(handle));
            if (seen.size() == 1) {
                writeInAnotherProcess("two");
            }
            return seen.get(seen.size() - 1);
        });

        assertThat(last).isEqualTo("two");
        assertThat(seen).containsExactly("one", "two");
    }

    @Test
    void refusesAMissingFileAndMakesNone() {
        assertThatThrownBy(() -> ControlDatabase.openReadOnly(file))
                .isInstanceOf(ProtectionException.class)
                .hasMessageStartingWith("MSK-015 ")
                .hasMessageContaining(file.toString());
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void refusesTablesOfAnotherVersion() throws IOException {
        PrivateFiles.writeNew(file, new byte[0]);
        assertThatThrownBy(() -> ControlDatabase.openReadOnly(file))
                .hasMessageStartingWith("MSK-016 ")
                .hasMessageContaining("version 0")
                .hasMessageContaining("Start the gateway");
        assertThat(file).isEmptyFile();

        try (ControlDatabase database = ControlDatabase.open(file)) {
            database.write(
                    "pretend to be newer",
                    handle -> handle.execute("UPDATE schema_history SET version = '99' WHERE version = '"
                            + ControlDatabase.SCHEMA_VERSION + "'"));
        }
        assertThatThrownBy(() -> ControlDatabase.openReadOnly(file))
                .hasMessageStartingWith("MSK-016 ")
                .hasMessageContaining("version 99")
                .hasMessageContaining("Use the version");
    }

    @Test
    void refusesWhatOthersMayReadAndWhatIsNoDatabase() throws IOException {
        PrivateFiles.writeNew(file, "no database, only text".repeat(100).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ControlDatabase.openReadOnly(file)).hasMessageStartingWith("MSK-006 ");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> ControlDatabase.openReadOnly(file)).hasMessageStartingWith("MSK-001 ");
    }

    @Test
    void refusesToWrite() {
        ControlDatabase.open(file).close();
        ControlDatabase database = ControlDatabase.openReadOnly(file);

        assertThatThrownBy(() -> new GatewayState(database).put("fact", "one"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(database::scrub).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> database.read("write by a read", handle -> handle.execute("DELETE FROM gateway_state")))
                .hasMessageStartingWith("MSK-006 ");
    }

    @Test
    void knowsTheNewestMigration() throws IOException {
        List<Integer> versions = new ArrayList<>();
        Path folderOfMigrations = Path.of("src/main/resources/dev/sluice/masking/control");
        try (Stream<Path> files = Files.list(folderOfMigrations)) {
            for (Path migration : files.toList()) {
                Matcher name = Pattern.compile("V(\\d+)__.*\\.sql")
                        .matcher(migration.getFileName().toString());
                assertThat(name.matches()).isTrue();
                versions.add(Integer.valueOf(name.group(1)));
            }
        }

        assertThat(versions).contains(ControlDatabase.SCHEMA_VERSION);
        assertThat(versions).allMatch(version -> version <= ControlDatabase.SCHEMA_VERSION);
    }

    private static String fact(Handle handle) {
        return handle.createQuery("SELECT value FROM gateway_state WHERE name = 'fact'")
                .mapTo(String.class)
                .one();
    }

    private void writeInAnotherProcess(String fact) {
        try {
            Process writer = start(FactWriter.class);
            try (PrintWriter in = new PrintWriter(writer.getOutputStream(), true, StandardCharsets.UTF_8);
                    BufferedReader out = reader(writer.getInputStream())) {
                in.println(fact);
                assertThat(out.readLine()).isEqualTo("written");
            }
            assertThat(writer.waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Process start(Class<?> main) throws IOException {
        children.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx200m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        file.toString())
                .redirectError(folder.resolve("child.err").toFile())
                .start());
        return children.get(children.size() - 1);
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** The driver of this process may have unpacked its library into the home. */
    private void deleteNativeFolder() throws IOException {
        Path work = home.resolve("work");
        if (Files.exists(work)) {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Name, size and time of the last change of everything in the home. */
    private Map<String, String> snapshot() throws IOException {
        Map<String, String> snapshot = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path path : files.toList()) {
                snapshot.put(
                        home.relativize(path).toString(), Files.size(path) + " " + Files.getLastModifiedTime(path));
            }
        }
        return snapshot;
    }
}
