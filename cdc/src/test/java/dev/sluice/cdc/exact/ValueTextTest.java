package dev.sluice.cdc.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOLEAN | t | true",
                "INT32 | -2147483648 | -2147483648",
                "FLOAT64 | -Infinity | -Infinity",
                "BIG_DECIMAL | 1.100 | 1.100",
                "BIG_DECIMAL | -$1,234,567.05 | -1234567.05",
                "DATE | 0001-12-31 BC | 0000-12-31",
                "DATE | 5874897-12-31 | +5874897-12-31",
                "TIME | 23:59:59.5 | 23:59:59.500",
                "TIMESTAMP | 2024-02-29 13:14:15.000001 | 2024-02-29T13:14:15.000001",
                "TIMESTAMP | 4713-01-01 00:00:00 BC | -4712-01-01T00:00",
                "INSTANT | 2024-02-29 13:14:15+05:30 | 2024-02-29T07:44:15Z",
                "INSTANT | 0001-01-01 08:05:43+08:05:43 | 0001-01-01T00:00:00Z",
                "INSTANT | 0044-03-15 12:00:00+00 BC | -0043-03-15T12:00:00Z",
                "TIME_WITH_ZONE | 12:00:00+05:30:15 | 06:29:45Z",
                "INTERVAL | 1 year 2 mons -3 days -04:05:06.700 | P1Y2M-3DT-4H-5M-6.7S",
                "INTERVAL | 00:00:00 | P0Y0M0DT0H0M0S",
                "INTERVAL | -1 years +2 days | P-1Y0M2DT0H0M0S",
                "UUID | A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
            })
    void readsTheTextOfTheServer(TypeKind kind, String text, String value) throws Unfit {
        assertThat(ValueText.value(DataType.of(kind), text)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BIG_DECIMAL | NaN | NOT_A_NUMBER",
                "BIG_DECIMAL | 1e5 | MALFORMED",
                "BIG_DECIMAL | . | MALFORMED",
                "BIG_DECIMAL | 1.234,56 | MALFORMED",
                "INT32 | 2147483648 | MALFORMED",
                "BOOLEAN | true | MALFORMED",
                "BYTES | 00ff | MALFORMED",
                "DATE | infinity | OUT_OF_RANGE",
                "DATE | 2024-2-29 | MALFORMED",
                "DATE | 2023-02-29 | MALFORMED",
                "DATE | 99999999999-01-01 | MALFORMED",
                "TIME | 24:00:00 | OUT_OF_RANGE",
                "TIME | 12:00 | MALFORMED",
                "TIMESTAMP | -infinity | OUT_OF_RANGE",
                "TIMESTAMP | 294276-12-31 23:59:59.999999 | OUT_OF_RANGE",
                "TIMESTAMP | 2024-02-29T13:14:15 | MALFORMED",
                "INSTANT | 2024-02-29 13:14:15 | MALFORMED",
                "INTERVAL | infinity | OUT_OF_RANGE",
                "INTERVAL | 1 fortnight | MALFORMED",
                "UUID | a0eebc99 | MALFORMED"
            })
    void saysWhyATextHasNoValue(TypeKind kind, String text, Unfit.Reason reason) {
        assertThatThrownBy(() -> ValueText.value(DataType.of(kind), text))
                .isInstanceOfSatisfying(Unfit.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .message()
                .doesNotContain(text);
    }

    @Test
    void keepsDecimalsWithinTheirDeclaration() throws Unfit {
        DataType type = DataType.decimal(4, 2);

        assertThat(ValueText.value(type, "-12.3")).hasToString("-12.30");
        assertThatThrownBy(() -> ValueText.value(type, "123.4")).isInstanceOf(Unfit.class);
        assertThatThrownBy(() -> ValueText.value(type, "1.234")).isInstanceOf(Unfit.class);
    }

    @Test
    void writesATimestampThatItReadsBack() throws Unfit {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            LocalDateTime moment = LocalDateTime.ofEpochSecond(
                    random.nextLong(-200_000_000_000L, 8_000_000_000_000L),
                    random.nextInt(1_000_000) * 1_000,
                    ZoneOffset.UTC);
            String text = DateText.of(moment);

            assertThat(DateText.timestamp(text)).as(text).isEqualTo(moment);
        }
    }

    @Test
    void splitsAnArrayThatWasJoinedFromAnyTexts() throws Unfit {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            List<String> elements = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                StringBuilder element = new StringBuilder();
                for (int length = random.nextInt(5); length > 0; length--) {
                    element.append("a,{}\"\\ N".charAt(random.nextInt(8)));
                }
                elements.add(element.toString());
            }
            String text = elements.stream()
                    .map(e -> '"' + e.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                    .collect(java.util.stream.Collectors.joining(",", "{", "}"));

            assertThat(ArrayText.elements(text)).isEqualTo(elements);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{1", "{1,", "{\"a", "{\"a\\", "{1}x", "a", "{1}{2}"})
    void refusesWhatIsNoArray(String text) {
        assertThatThrownBy(() -> ArrayText.elements(text))
                .isInstanceOfSatisfying(Unfit.class, e -> assertThat(e.reason()).isEqualTo(Unfit.Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{1},{2}}", "[0:1]={1,2}"})
    void refusesAnArrayThatAListCannotHold(String text) {
        assertThatThrownBy(() -> ArrayText.elements(text))
                .isInstanceOfSatisfying(Unfit.class, e -> assertThat(e.reason()).isEqualTo(Unfit.Reason.SHAPE));
    }
}
