package dev.sluice.deploy.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.DeployException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random keys of every kind of character: what is written is read back, and no two keys are written alike. */
class KeyRoundTripTest {

    private static final int KEYS = 10_000;
    private static final int BROKEN = 2_000;

    /** First and last code point of ranges that differ in how a reader, a shell or JSON takes them. */
    private static final int[][] RANGES = {
        {0x00, 0x1F},
        {0x20, 0x2F},
        {0x30, 0x39},
        {0x3A, 0x40},
        {0x41, 0x5A},
        {0x5B, 0x60},
        {0x61, 0x7A},
        {0x7B, 0x7F},
        {0x80, 0x9F},
        {0xA0, 0xFF},
        {0x300, 0x36F},
        {0x5D0, 0x5EA},
        {0x900, 0x97F},
        {0x2000, 0x206F},
        {0x4E00, 0x9FFF},
        {0xD7FF, 0xD7FF},
        {0xE000, 0xF8FF},
        {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF},
        {0xFFF0, 0xFFFF},
        {0x10000, 0x100FF},
        {0x1F300, 0x1F6FF},
        {0xE0000, 0xE007F},
        {0x10FFF0, 0x10FFFF}
    };

    /** Parts that look like something else. */
    private static final String[] PARTS = {
        "",
        " ",
        ",",
        "-",
        "@",
        "@a",
        "#",
        "# a",
        "7",
        "007",
        "-7",
        "-o",
        "--home",
        "1e3",
        "null",
        "true",
        "[]",
        "[\"7\"]",
        "7,9",
        "\"",
        "\\",
        "\\\"",
        "'",
        "a=b",
        "a:b",
        ":",
        "{}",
        "\r\n",
        "\n",
        "\\n",
        "\\u0041",
        " a",
        "a ",
        "$(a)",
        "\u2028",
        "é",
        "e\u0301",
        "\uD83D\uDE00",
        "\uFFFD",
        "\uFEFF"
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsBackWhatItWrites(long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        Map<String, List<String>> keys = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            List<String> parts = parts(random);
            KeyText key = new KeyText(parts);
            String written = key.written();
            String canonical = key.canonical();

            assertThat(KeyText.parse(written).parts()).as(written).isEqualTo(parts);
            assertThat(KeyText.parse(canonical).parts()).as(canonical).isEqualTo(parts);
            assertThat(JSON.readValue(canonical, String[].class)).containsExactlyElementsOf(parts);
            assertThat(keys.merge(written, parts, (one, other) -> one.equals(other) ? one : List.of()))
                    .as(written)
                    .isEqualTo(parts);
        }
        assertThat(keys).hasSizeGreaterThan(KEYS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void meansTheSameAsAnArgumentInAFileAndForAPerson(long seed) {
        Random random = new Random(seed);
        List<KeyText> keys = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        StringBuilder people = new StringBuilder();
        for (int i = 0; i < KEYS; i++) {
            KeyText key = new KeyText(parts(random));
            keys.add(key);
            rows.append(key.written()).append(i % 2 == 0 ? "\n" : "\r\n");
            people.append("customer:").append(key.written()).append('\n');
            assertThat(KeySource.of("--key", key.written()).key()).isEqualTo(key);
        }

        assertThat(KeySource.of("--key", "-", bytes(rows)).keys()).isEqualTo(keys);
        assertThat(KeySource.of("--subject", "-", bytes(people)).people())
                .isEqualTo(keys.stream()
                        .map(key -> new PersonText("customer", key))
                        .toList());
    }

    @Test
    void refusesEveryHalfOfASurrogatePair() {
        Random random = new Random(6);
        for (int i = 0; i < BROKEN; i++) {
            char half = (char) (0xD800 + random.nextInt(0x800));
            String before = random.nextBoolean() ? "" : "a";
            String escaped = String.format("[\"%s\\u%04X \"]", before, (int) half);
            for (String text : List.of(before + half, "[\"" + before + half + "\"]", escaped)) {
                assertThatThrownBy(() -> KeyText.parse(text))
                        .isInstanceOfSatisfying(
                                DeployException.class, e -> assertThat(e.code()).isEqualTo("DEP-425"));
            }
            assertThatThrownBy(() -> new KeyText(List.of(before + half))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void givesAKeyOrACodeForAnyText() {
        Random random = new Random(7);
        String signs = "[]\",\\7a u:{}-@\n";
        int read = 0;
        for (int i = 0; i < KEYS; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "[\"" : "");
            for (int j = random.nextInt(9); j > 0; j--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                KeyText key = KeyText.parse(text.toString());
                assertThat(KeyText.parse(key.written())).isEqualTo(key);
                read++;
            } catch (DeployException e) {
                assertThat(e.code()).as(text.toString()).matches("DEP-42[0-5]");
            }
        }
        assertThat(read).isBetween(KEYS / 100, KEYS - KEYS / 100);
    }

    private static List<String> parts(Random random) {
        List<String> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            parts.add(random.nextInt(3) == 0 ? PARTS[random.nextInt(PARTS.length)] : part(random));
        }
        return parts;
    }

    /** A part of one range, or of a mixture. */
    private static String part(Random random) {
        StringBuilder part = new StringBuilder();
        int[] only = RANGES[random.nextInt(RANGES.length)];
        boolean mixed = random.nextBoolean();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int[] range = mixed ? RANGES[random.nextInt(RANGES.length)] : only;
            part.appendCodePoint(range[0] + random.nextInt(range[1] - range[0] + 1));
        }
        return part.toString();
    }

    private static InputStream bytes(CharSequence text) {
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
