package dev.sluice.masking.treat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.Kind;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.masking.crypto.Envelope;
import dev.sluice.masking.key.FixedKeys;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.RuleRef;
import dev.sluice.policy.decision.Treatment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TreatmentsTest {

    private static final DatasetId CUSTOMERS = new DatasetId("shop", "public", "customers");
    private static final DataType TEXT = DataType.of(Kind.TEXT);

    @TempDir
    static Path home;

    private static Treatments treatments;

    @BeforeAll
    static void open() throws IOException, GeneralSecurityException {
        treatments = new Treatments(FixedKeys.in(home));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, *, 4111111111111234, *****1234",
        "1, 0, x, Anna, Axxxxx",
        "2, 2, *, Anna, *****",
        "2, 2, *, Annaa, An*****aa",
        "64, 64, *, short, *****",
        "1, 1, #, ab, #####",
        "1, 0, *, '', *****"
    })
    void partialKeepsEndsAroundAMaskOfFixedLength(int first, int last, String mask, String in, String out) {
        Treatment partial = new Treatment(
                Treatment.Kind.PARTIAL,
                Map.of(
                        "keep_first", Integer.toString(first),
                        "keep_last", Integer.toString(last),
                        "char", mask));

        assertThat(one(TEXT, partial, in)).isEqualTo(out);
    }

    @Test
    void partialCutsNoCharacterInHalf() {
        Treatment partial = new Treatment(Treatment.Kind.PARTIAL, Map.of("keep_first", "1", "keep_last", "1"));

        assertThat(one(TEXT, partial, "\uD83D\uDE00abc\uD83D\uDE01")).isEqualTo("\uD83D\uDE00*****\uD83D\uDE01");
        assertThat(one(TEXT, partial, "\uD83D\uDE00\uD83D\uDE01")).isEqualTo("*****");
    }

    @Test
    void theLengthOfAMaskedValueDoesNotLeak() {
        Treatment partial = new Treatment(Treatment.Kind.PARTIAL, Map.of("keep_last", "2"));

        assertThat(one(TEXT, partial, "123456")).isEqualTo(one(TEXT, partial, "12345678901234567856"));
    }

    @ParameterizedTest
    @CsvSource({
        "month, 2024-02-29, 2024-02-01",
        "quarter, 2024-02-29, 2024-01-01",
        "quarter, 2024-12-31, 2024-10-01",
        "year, 2024-02-29, 2024-01-01",
        "year, 2024-12-31, 2024-01-01",
        "year, 0000-02-29, 0000-01-01",
        "month, -0043-03-15, -0043-03-01",
        "year, 1582-10-10, 1582-01-01"
    })
    void generalizeTruncatesDates(String unit, LocalDate in, LocalDate out) {
        Treatment truncate = generalize("truncate", unit);

        assertThat(one(DataType.of(Kind.DATE), truncate, in)).isEqualTo(out);
        assertThat(one(DataType.of(Kind.TIMESTAMP), truncate, in.atTime(23, 59, 59, 1000)))
                .isEqualTo(out.atStartOfDay());
        assertThat(one(
                        DataType.of(Kind.INSTANT),
                        truncate,
                        in.atTime(23, 59, 59, 1000).toInstant(java.time.ZoneOffset.UTC)))
                .isEqualTo(out.atStartOfDay().toInstant(java.time.ZoneOffset.UTC));
    }

    @Test
    void generalizeTakesTheYear() {
        Treatment year = generalize("part", "year");

        assertThat(one(DataType.of(Kind.DATE), year, LocalDate.of(2024, 2, 29))).isEqualTo(2024);
        assertThat(one(DataType.of(Kind.TIMESTAMP), year, LocalDateTime.of(1999, 12, 31, 23, 59)))
                .isEqualTo(1999);
        assertThat(one(DataType.of(Kind.INSTANT), year, Instant.parse("1999-12-31T23:59:59.999999Z")))
                .isEqualTo(1999);
    }

    @ParameterizedTest
    @CsvSource({
        "INT32, 10, 19, 10",
        "INT32, 10, 20, 20",
        "INT32, 10, 0, 0",
        "INT32, 10, -1, -10",
        "INT64, 1000, 9223372036854775807, 9223372036854775000",
        "BIG_DECIMAL, 0.5, 1.74, 1.5",
        "BIG_DECIMAL, 0.5, -0.1, -0.5",
        "BIG_DECIMAL, 5, 123456789012345678901234567890.7, 123456789012345678901234567890"
    })
    void generalizePutsNumbersIntoBuckets(Kind kind, String bucket, String in, String out) {
        Object result = one(DataType.of(kind), generalize("bucket", bucket), number(kind, in));

        assertThat(new BigDecimal(result.toString())).isEqualByComparingTo(out);
        assertThat(result).isInstanceOf(number(kind, in).getClass());
    }

    @Test
    void bucketsOfFloatingPointAreExact() {
        assertThat(one(DataType.of(Kind.FLOAT64), generalize("bucket", "0.1"), 0.3))
                .isEqualTo(0.3);
        assertThat(one(DataType.of(Kind.FLOAT32), generalize("bucket", "0.1"), 0.3f))
                .isEqualTo(0.3f);
        assertThat(one(DataType.of(Kind.FLOAT64), generalize("bucket", "10"), -0.0))
                .isEqualTo(0.0);
        assertThat(one(DataType.of(Kind.FLOAT64), generalize("bucket", "10"), Double.NaN))
                .isEqualTo(Double.NaN);
        assertThat(one(DataType.of(Kind.FLOAT64), generalize("bucket", "10"), Double.POSITIVE_INFINITY))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aBucketBelowTheSmallestNumberIsOutOfRange() {
        assertThat(fault(DataType.of(Kind.INT32), generalize("bucket", "10"), Integer.MIN_VALUE))
                .contains(Fault.OUT_OF_RANGE);
        assertThat(fault(DataType.of(Kind.INT64), generalize("bucket", "10"), Long.MIN_VALUE))
                .contains(Fault.OUT_OF_RANGE);
        assertThat(fault(DataType.decimal(3, 1), generalize("bucket", "50"), new BigDecimal("-99.9")))
                .contains(Fault.OUT_OF_RANGE);
        assertThat(one(DataType.decimal(5, 2), generalize("bucket", "2.5"), new BigDecimal("19.99")))
                .isEqualTo(new BigDecimal("17.50"));
    }

    @ParameterizedTest
    @EnumSource
    void redactGivesAValidConstantForEveryType(Kind kind) {
        Treatment redact = new Treatment(Treatment.Kind.REDACT, Map.of("phrase", "gone"));
        DataType type = Samples.type(kind);
        DataType output = redact.output(type).orElseThrow();
        Object constant = one(type, redact, Samples.value(kind, 1));

        assertThat(Values.fit(output, constant)).isTrue();
        assertThat(constant).isEqualTo(one(type, redact, Samples.value(kind, 2)));
        if (output.kind() == Kind.TEXT) {
            assertThat(constant).isEqualTo("gone");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nullStaysNullAndAbsentStaysAbsentForEveryTreatmentAndType(Kind kind) {
        for (Treatment treatment : Samples.treatments(kind)) {
            ValueVector in = ValueVector.of(Arrays.asList(null, Absent.VALUE, Samples.value(kind, 1), null));
            ValueVector out = apply(Samples.type(kind), treatment, in);

            assertThat(out.value(0)).as(treatment.toString()).isNull();
            assertThat(out.value(1)).as(treatment.toString()).isEqualTo(Absent.VALUE);
            assertThat(out.value(3)).as(treatment.toString()).isNull();
            assertThat(out.fault(2)).as(treatment.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aValueOfAnotherClassIsAFaultForEveryTreatmentAndType(Kind kind) {
        for (Treatment treatment : Samples.treatments(kind)) {
            ValueVector in = ValueVector.of(Arrays.asList(Samples.value(kind, 1), List.of(new Object()), 'c'));
            ValueVector out = apply(Samples.type(kind), treatment, in);

            assertThat(out.fault(0)).as(treatment.toString()).isEmpty();
            assertThat(out.fault(1)).as(treatment.toString()).contains(Fault.WRONG_TYPE);
            assertThat(out.fault(2)).as(treatment.toString()).contains(Fault.WRONG_TYPE);
            assertThat(out.value(1)).isNull();
        }
    }

    /** Computed with another implementation (Python) from the known keys. Never changes. */
    @Test
    void hmacGivesTheFrozenPseudonyms() {
        assertThat(one(TEXT, Treatment.hmac("contact"), "anna@example.org"))
                .isEqualTo("ebhejsqenmeusx7un6onjcsqc4ulekst");
        assertThat(one(DataType.of(Kind.INT64), Treatment.hmac("contact"), 42L))
                .isEqualTo("r3z3wiouy5pf6lzn72jckdlshpwsb6e4");
    }

    @Test
    void hmacJoinsNumbersOfEveryWidthInsideADomainOnly() {
        Treatment domain = Treatment.hmac("customer-id");
        Object token = one(DataType.of(Kind.INT32), domain, 1);

        assertThat(one(DataType.of(Kind.INT64), domain, 1L)).isEqualTo(token);
        assertThat(one(DataType.decimal(10, 2), domain, new BigDecimal("1.00"))).isEqualTo(token);
        assertThat(one(DataType.of(Kind.BIG_DECIMAL), domain, new BigDecimal("1")))
                .isEqualTo(token);
        assertThat(one(TEXT, domain, "1")).isNotEqualTo(token);
        assertThat(one(DataType.of(Kind.INT32), Treatment.hmac("order-id"), 1)).isNotEqualTo(token);
        assertThat((String) token).matches("[a-z2-7]{32}");
    }

    @Test
    void hmacMakesSpellingsAlikeWhenAsked() {
        Treatment email = new Treatment(Treatment.Kind.HMAC, Map.of("domain", "contact", "normalize", "email"));

        assertThat(one(TEXT, email, " Anna@Example.ORG ")).isEqualTo("ebhejsqenmeusx7un6onjcsqc4ulekst");
        Field key = new Field("id", TEXT, false, true);
        assertThatThrownBy(() -> treatments.compile(CUSTOMERS, planned(key, email)))
                .as("keys that differ only in spelling must stay different")
                .hasMessageStartingWith("MSK-008");
    }

    @Test
    void sealRefusesWhatIsSealedAlready() {
        for (Treatment.Kind kind : List.of(Treatment.Kind.ENCRYPT, Treatment.Kind.QUARANTINE)) {
            String token = (String) one(TEXT, Treatment.of(kind), "x");

            assertThat(Envelope.parse(token)).isPresent();
            assertThat(fault(TEXT, Treatment.of(kind), token)).contains(Fault.DOUBLE_TOKEN);
            assertThat(fault(TEXT, Treatment.of(kind), "sl1:anything")).contains(Fault.DOUBLE_TOKEN);
            assertThat(fault(TEXT, Treatment.of(kind), "slim: not one")).isEmpty();
        }
    }

    @Test
    void aTreatmentThatThrowsHitsOnlyTheValueThatMadeItThrow() {
        FieldTreatment throwing = new EachValue(value -> {
            if (value.equals("bad")) {
                throw new IllegalStateException("canary");
            }
            return "treated";
        });
        ValueVector out = ValueVector.ofSize(3);
        new Checked(throwing, TEXT, TEXT)
                .apply(ValueVector.of(List.of("a", "bad", "b")), out, lane -> Optional.empty());

        assertThat(out.value(0)).isEqualTo("treated");
        assertThat(out.fault(1)).contains(Fault.TREATMENT_FAILED);
        assertThat(out.value(1)).isNull();
        assertThat(out.value(2)).isEqualTo("treated");
    }

    @Test
    void aTreatmentThatGivesAnotherTypeIsFoundOut() {
        ValueVector out = ValueVector.ofSize(1);
        new Checked(new EachValue(value -> value), DataType.of(Kind.INT64), TEXT)
                .apply(ValueVector.of(List.of(4711L)), out, lane -> Optional.empty());

        assertThat(out.fault(0)).contains(Fault.TREATMENT_FAILED);
        assertThat(out.value(0)).isNull();
    }

    @Test
    void refusesWhatCannotBeCarriedOut() {
        Field key = new Field("id", DataType.of(Kind.INT64), false, true);
        for (Treatment.Kind kind : Treatment.Kind.values()) {
            Treatment treatment = Samples.treatments(Kind.INT64).stream()
                    .filter(t -> t.kind() == kind)
                    .findFirst()
                    .orElse(null);
            if (treatment != null && kind != Treatment.Kind.KEEP && kind != Treatment.Kind.HMAC) {
                Field field = kind == Treatment.Kind.NULL ? new Field("id", key.type(), true, true) : key;
                assertThatThrownBy(() -> treatments.compile(CUSTOMERS, planned(field, treatment)))
                        .as(treatment.toString())
                        .hasMessageStartingWith("MSK-008");
            }
        }
        assertThatThrownBy(() -> treatments.compile(
                        CUSTOMERS, planned(new Field("x", TEXT, true, false), Treatment.of(Treatment.Kind.DROP))))
                .hasMessageStartingWith("MSK-008");
    }

    @Test
    void showsNoValue() {
        assertThat(ValueVector.of(List.of("canary")).toString()).isEqualTo("ValueVector[1]");
    }

    private static Treatment generalize(String name, String value) {
        return new Treatment(Treatment.Kind.GENERALIZE, Map.of(name, value));
    }

    private static Object number(Kind kind, String text) {
        return switch (kind) {
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            default -> new BigDecimal(text);
        };
    }

    private static Object one(DataType type, Treatment treatment, Object value) {
        ValueVector out = apply(type, treatment, ValueVector.of(List.of(value)));
        assertThat(out.fault(0)).isEmpty();
        return java.util.Objects.requireNonNull(out.value(0));
    }

    private static Optional<Fault> fault(DataType type, Treatment treatment, Object value) {
        ValueVector out = apply(type, treatment, ValueVector.of(List.of(value)));
        assertThat(out.fault(0).isPresent() && out.value(0) != null).isFalse();
        return out.fault(0);
    }

    private static ValueVector apply(DataType type, Treatment treatment, ValueVector in) {
        ValueVector out = ValueVector.ofSize(in.size());
        treatments
                .compile(CUSTOMERS, planned(new Field("f", type, true, false), treatment))
                .apply(in, out, lane -> Optional.empty());
        return out;
    }

    private static PlannedField planned(Field field, @Nullable Treatment treatment) {
        return new PlannedField(field, treatment, new RuleRef("r", "rules/data.yaml", 1), "");
    }
}
