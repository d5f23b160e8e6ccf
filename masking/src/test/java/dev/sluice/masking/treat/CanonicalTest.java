package dev.sluice.masking.treat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms are frozen: stored pseudonyms, keys and sealed values depend on them. */
class CanonicalTest {

    @Test
    void writesTheFrozenForms() {
        assertThat(text(TypeKind.BOOLEAN, true)).isEqualTo("true");
        assertThat(text(TypeKind.INT32, -7)).isEqualTo("-7");
        assertThat(text(TypeKind.INT64, Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(text(TypeKind.BIG_DECIMAL, new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(text(TypeKind.BIG_DECIMAL, new BigDecimal("0.000"))).isEqualTo("0");
        assertThat(text(TypeKind.BIG_DECIMAL, new BigDecimal("-12.500"))).isEqualTo("-12.5");
        assertThat(Canonical.text(DataType.decimal(10, 2), new BigDecimal("42.00")))
                .isEqualTo("42");
        assertThat(text(TypeKind.BYTES, new byte[] {-1, 0, 1})).isEqualTo("/wAB");
        assertThat(text(TypeKind.DATE, LocalDate.of(-43, 3, 15))).isEqualTo("-0043-03-15");
        assertThat(text(TypeKind.TIME, LocalTime.of(1, 2, 3, 4_000))).isEqualTo("01:02:03.000004");
        assertThat(text(TypeKind.TIMESTAMP, LocalDateTime.of(2024, 2, 29, 0, 0)))
                .isEqualTo("2024-02-29T00:00");
        assertThat(text(TypeKind.INSTANT, Instant.ofEpochSecond(0, 1_000))).isEqualTo("1970-01-01T00:00:00.000001Z");
        assertThat(text(TypeKind.JSON, "{ \"b\":1}")).isEqualTo("{ \"b\":1}");
        assertThat(Canonical.text(
                        DataType.array(DataType.array(DataType.of(TypeKind.INT32))),
                        Arrays.asList(Arrays.asList(1, null), null, List.of())))
                .isEqualTo("[[\"1\",null],null,[]]");
        assertThat(Canonical.array(Arrays.asList("a\"b", null, "\u00fc"))).isEqualTo("[\"a\\\"b\",null,\"\u00fc\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "100, 100",
        "-0.0, -0",
        "0, 0",
        "1e23, 100000000000000000000000",
        "2e-3, 0.002",
        "4.9e-324, 0." + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                + "000000000000000000000000000000000005",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void writesTheShortestTextOfAFloatingPointNumber(double value, String text) {
        assertThat(text(TypeKind.FLOAT64, value)).isEqualTo(text);
    }

    @Test
    void floatingPointReadsBack() {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            double wide = Double.longBitsToDouble(random.nextLong());
            float narrow = Float.intBitsToFloat(random.nextInt());
            assertThat(Double.parseDouble(text(TypeKind.FLOAT64, wide))).isEqualTo(Double.valueOf(wide));
            assertThat(Float.parseFloat(text(TypeKind.FLOAT32, narrow))).isEqualTo(Float.valueOf(narrow));
        }
        assertThat(text(TypeKind.FLOAT32, 0.1f)).isEqualTo("0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "TRIM| Anna  |Anna",
                "TRIM|A\u0308|\u00c4",
                "LOWER| ANNA\u0130 |annai\u0307",
                "EMAIL| Anna.B+shop@Example.ORG |anna.b+shop@example.org",
                "PHONE| +49 (30) 12-34 |+49301234",
                "PHONE|0049 30 1234|+49301234",
                "PHONE|030/1234|0301234",
                "PHONE|\u0660\u0661\u0662|012",
                "PHONE| N/A |n/a"
            })
    void normalizesAsNamed(String name, String in, String out) {
        assertThat(Normalization.valueOf(name).of(in)).isEqualTo(out);
        assertThat(Normalization.NONE.of(in)).isEqualTo(in);
    }

    private static String text(TypeKind kind, Object value) {
        return Canonical.text(DataType.of(kind), value);
    }
}
