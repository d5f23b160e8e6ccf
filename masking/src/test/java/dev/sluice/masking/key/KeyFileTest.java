package dev.sluice.masking.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.masking.error.ProtectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    @TempDir
    Path home;

    @Test
    void makesPrivateFilesAtTheFirstStartAndReadsThemAgain() throws IOException {
        Path folder = home.resolve("a/keys");
        KeyFile first = KeyFile.open(folder);
        KeyFile second = KeyFile.open(folder);

        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("keys.p12"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("keys.password"))).isEqualTo("rw-------");
        assertThat(hex(first)).isEqualTo(hex(second)).doesNotHaveDuplicates();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("no temporary file is left").hasSize(2);
        }
    }

    @Test
    void allWhoStartAtOnceGetTheSameKeys() throws Exception {
        Path folder = home.resolve("keys");
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<List<String>>> starts = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                starts.add(() -> hex(KeyFile.open(folder)));
            }
            Set<List<String>> seen =
                    pool.invokeAll(starts).stream().map(KeyFileTest::result).collect(Collectors.toSet());

            assertThat(seen).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys.p12", "keys.password"})
    void refusesFilesThatOthersCanReach(String name) throws IOException {
        Path folder = home.resolve("keys");
        KeyFile.open(folder);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> KeyFile.open(folder))
                .isInstanceOf(ProtectionException.class)
                .hasMessageStartingWith("MSK-001")
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600 " + folder.resolve(name));
    }

    @Test
    void refusesAFolderThatOthersCanEnter() throws IOException {
        Path folder = Files.createDirectory(home.resolve("keys"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> KeyFile.open(folder))
                .hasMessageStartingWith("MSK-001")
                .hasMessageContaining("chmod 700 " + folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void makesNoNewPasswordForAnOldStore() throws IOException {
        Path folder = home.resolve("keys");
        KeyFile.open(folder);
        Files.delete(folder.resolve("keys.password"));

        assertThatThrownBy(() -> KeyFile.open(folder)).hasMessageStartingWith("MSK-005");
        assertThat(folder.resolve("keys.password")).doesNotExist();
    }

    @Test
    void refusesAnotherPassword() throws IOException {
        Path folder = home.resolve("keys");
        KeyFile.open(folder);
        Files.writeString(folder.resolve("keys.password"), "another");

        assertThatThrownBy(() -> KeyFile.open(folder)).hasMessageStartingWith("MSK-003");
    }

    @Test
    void refusesADamagedStore() throws IOException {
        Path folder = home.resolve("keys");
        KeyFile.open(folder);
        byte[] bytes = Files.readAllBytes(folder.resolve("keys.p12"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(folder.resolve("keys.p12"), bytes);

        assertThatThrownBy(() -> KeyFile.open(folder)).hasMessageStartingWith("MSK-003");
    }

    @Test
    void makesNoNewKeyForAnIncompleteStore() {
        assertThatThrownBy(() -> FixedKeys.in(home, KeyName.KEK, KeyName.HMAC))
                .hasMessageStartingWith("MSK-004")
                .hasMessageContaining("quarantine-1");
    }

    @Test
    void toleratesALineEndAfterThePassword() throws IOException, GeneralSecurityException {
        List<String> keys = hex(FixedKeys.in(home));
        Files.writeString(home.resolve("keys/keys.password"), "known\n");

        assertThat(hex(KeyFile.open(home.resolve("keys")))).isEqualTo(keys);
    }

    private static List<String> hex(KeyFile keys) {
        return Stream.of(KeyName.values())
                .map(name -> keys.key(name).use(HexFormat.of()::formatHex))
                .toList();
    }

    private static List<String> result(Future<List<String>> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
