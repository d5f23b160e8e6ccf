package dev.sluice.deploy.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.DeployException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where keys are read from. */
class KeySourceTest {

    @TempDir
    private Path folder;

    @Test
    void takesTheArgumentItself() {
        assertThat(argument("7,9").key().parts()).containsExactly("7", "9");
        assertThat(argument("[\"@a\"]").key().parts()).containsExactly("@a");
        assertThat(argument("-7").key().parts()).containsExactly("-7");
        assertThat(argument("customer:7").person()).isEqualTo(PersonText.parse("customer:7"));
        assertRefused("DEP-420", "The value of --key", () -> argument("").key());
        assertRefused(
                "DEP-422", "The value of --key", () -> argument("secret value").key());
    }

    @Test
    void readsAFileLineByLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a b.txt"),
                "\ufeff# the customers of request T-1\n\n7\r\n7,9\n  \n[\"Zürich\",\"#\"]\n# end\n\uD83D\uDE00");

        assertThat(argument("@" + file).keys())
                .extracting(KeyText::parts)
                .containsExactly(List.of("7"), List.of("7", "9"), List.of("Zürich", "#"), List.of("\uD83D\uDE00"));
    }

    @Test
    void readsStandardInput() {
        assertThat(KeySource.of("--subject", "-", input("customer:7\ncustomer:[\"a,b\"]\n"))
                        .people())
                .containsExactly(
                        new PersonText("customer", new KeyText(List.of("7"))),
                        new PersonText("customer", new KeyText(List.of("a,b"))));
        assertThat(KeySource.of("--key", "-", input("7")).key().parts()).containsExactly("7");
    }

    @Test
    void namesTheLineAndNotTheValue() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "# first\n7\n\nsecret value\n");

        assertRefused("DEP-422", "Line 4 of " + file, () -> argument("@" + file).keys());
        assertRefused("DEP-421", "Line 1 of standard input", () -> KeySource.of("--key", "-", input("secret,\n"))
                .keys());
        assertRefused("DEP-426", "Line 2 of standard input", () -> KeySource.of("--key", "-", input("a:1\nsecret\n"))
                .people());
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Path latin =
                Files.write(folder.resolve("latin"), "7\nsecret Z\u00fcrich\n".getBytes(StandardCharsets.ISO_8859_1));
        Path half =
                Files.write(folder.resolve("half"), new byte[] {'[', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'});

        assertRefused("DEP-425", "Line 2 of " + latin, () -> argument("@" + latin));
        assertRefused("DEP-425", "Line 1 of " + half, () -> argument("@" + half));
    }

    @Test
    void doesNotSayWhatStandsAfterTheSignWhenItIsNoFile() {
        assertRefused("DEP-427", "The value of --key", () -> argument("@secret"));
        assertRefused("DEP-427", "The value of --key", () -> argument("@secret\0"));
        assertRefused("DEP-427", "The value of --key", () -> argument("@" + folder));
        assertRefused("DEP-427", "The value of --key", () -> argument("@"));
    }

    @Test
    void refusesAnInputWithoutEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '7';
            }
        };

        assertRefused("DEP-427", "The value of --key", () -> KeySource.of("--key", "-", endless));
    }

    @Test
    void wantsOneWhereOneIsWanted() {
        assertRefused("DEP-428", "There are 2 keys in standard input", () -> KeySource.of("--key", "-", input("7\n8"))
                .key());
        assertRefused("DEP-428", "There are 0 keys in standard input", () -> KeySource.of("--key", "-", input("# 7\n"))
                .person());
    }

    @Test
    void noticesWhatTheLocaleHasLost() {
        assertRefused("DEP-429", "The value of --key", () -> argument("[\"secret\ufffd\"]"));
        assertThat(argument("[\"\\ufffd\"]").key().parts()).containsExactly("\ufffd");
        assertThat(KeySource.of("--key", "-", input("[\"\ufffd\"]")).key().parts())
                .containsExactly("\ufffd");
    }

    private static KeySource argument(String value) {
        return KeySource.of("--key", value);
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String code, String place, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(DeployException.class)
                .hasMessageStartingWith(code + " " + place)
                .hasMessageEndingWith(".")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }
}
