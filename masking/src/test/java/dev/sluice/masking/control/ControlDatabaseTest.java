package dev.sluice.masking.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.masking.error.ProtectionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlDatabaseTest {

    @TempDir
    Path home;

    @Test
    void hasTheFrozenSchema() throws IOException {
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            List<String> objects = database.read("read the schema", handle -> handle.createQuery(
                            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'schema_history%'"
                                    + " ORDER BY type, name")
                    .mapTo(String.class)
                    .list());

            assertThat(String.join("\n\n", objects) + "\n").isEqualTo(golden());
        }
    }

    @Test
    void writesDurably() throws IOException {
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(database, "synchronous")).isEqualTo("2");
            assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(database, "secure_delete")).isEqualTo("1");
            assertThat(pragma(database, "busy_timeout")).isEqualTo("15000");
        }
    }

    @Test
    void isPrivateAndRefusesToBeOtherwise() throws IOException {
        Path file = home.resolve("control.db");
        ControlDatabase.open(file).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> ControlDatabase.open(file))
                .isInstanceOf(ProtectionException.class)
                .hasMessageStartingWith("MSK-001")
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void keepsItsLogPrivateToo() throws IOException {
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            new GatewayState(database).put("a", "b");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("control.db-wal"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void showsNoBoundValueWhenAStatementFails() {
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            assertThatThrownBy(() -> database.write("try it", handle -> handle.createUpdate(
                                    "INSERT INTO gateway_state (name, value) VALUES (:name, :value)")
                            .bind("name", "canary-71")
                            .bindNull("value", java.sql.Types.VARCHAR)
                            .execute()))
                    .hasMessageStartingWith("MSK-006")
                    .hasMessageContaining("try it")
                    .satisfies(e -> {
                        for (Throwable t = e; t != null; t = t.getCause()) {
                            assertThat(t.toString()).doesNotContain("canary-71");
                        }
                    });
        }
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Path file = home.resolve("control.db");
        PrivateFiles.writeNew(
                file, "this is not a database, it only says so".repeat(100).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ControlDatabase.open(file)).hasMessageStartingWith("MSK-006");
    }

    @Test
    void rollsBackWhatThrows() {
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            assertThatThrownBy(() -> database.write("fail", handle -> {
                        handle.execute("INSERT INTO gateway_state (name, value) VALUES ('x', 'y')");
                        throw new IllegalStateException("stop");
                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(new GatewayState(database).value("x")).isEmpty();
        }
    }

    @Test
    void remembersNamedFactsAcrossRestarts() {
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            GatewayState state = new GatewayState(database);
            state.put("slot", "one");
            state.put("slot", "two");
            assertThat(state.putIfAbsent("slot", "three")).isEqualTo("two");
            assertThat(state.putIfAbsent("other", "four")).isEqualTo("four");
        }
        try (ControlDatabase database = ControlDatabase.open(home.resolve("control.db"))) {
            assertThat(new GatewayState(database).value("slot")).contains("two");
            assertThat(new GatewayState(database).value("none")).isEmpty();
        }
    }

    @Test
    void twoProcessesCanHaveItOpen() {
        try (ControlDatabase one = ControlDatabase.open(home.resolve("control.db"));
                ControlDatabase two = ControlDatabase.open(home.resolve("control.db"))) {
            new GatewayState(one).put("a", "1");
            new GatewayState(two).put("b", "2");

            assertThat(new GatewayState(one).value("b")).contains("2");
            assertThat(new GatewayState(two).value("a")).contains("1");
        }
    }

    private static String pragma(ControlDatabase database, String name) {
        return database.read("read a setting", handle -> handle.createQuery("PRAGMA " + name)
                .mapTo(String.class)
                .one());
    }

    private static String golden() throws IOException {
        try (InputStream in = ControlDatabaseTest.class.getResourceAsStream("control-schema.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
