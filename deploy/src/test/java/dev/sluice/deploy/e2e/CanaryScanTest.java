package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryScanTest {

    private static final String VALUE = "Ana cnry0000002k";

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {VALUE, "+990123456789", "x 9990123412341234 y"})
    void findsValuesInPlainText(String value) throws IOException {
        assertThat(scan(value.getBytes(StandardCharsets.UTF_8)).findings()).hasSize(1);
    }

    @Test
    void findsValuesInOtherEncodings() throws IOException {
        assertThat(scan(VALUE.getBytes(StandardCharsets.UTF_16LE)).findings()).isNotEmpty();
        assertThat(scan(HexFormat.of()
                                .formatHex(VALUE.getBytes(StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8))
                        .findings())
                .isNotEmpty();
        for (String before : new String[] {"", "a", "ab"}) {
            String base64 = Base64.getEncoder().encodeToString((before + VALUE + "!").getBytes(StandardCharsets.UTF_8));
            assertThat(scan(base64.getBytes(StandardCharsets.UTF_8)).findings())
                    .as(base64)
                    .isNotEmpty();
        }
    }

    @Test
    void looksEverywhereButInTheSourceAndTheRawTopics() throws IOException {
        Files.createDirectories(home.resolve("kafka"));
        Files.writeString(home.resolve("kafka/segment"), VALUE);

        CanaryScan scan = scan("nothing to see".getBytes(StandardCharsets.UTF_8));

        assertThat(scan.findings()).isEmpty();
        assertThat(scan.files()).isEqualTo(1);
    }

    private CanaryScan scan(byte[] content) throws IOException {
        Path file = home.resolve("lake/a/b.txt");
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return CanaryScan.of(home);
    }
}
