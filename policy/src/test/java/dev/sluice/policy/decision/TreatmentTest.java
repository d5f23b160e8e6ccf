package dev.sluice.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Field;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TreatmentTest {

    private static final DataType TEXT = DataType.of(DataType.TypeKind.TEXT);
    private static final DataType DATE = DataType.of(DataType.TypeKind.DATE);
    private static final DataType INT64 = DataType.of(DataType.TypeKind.INT64);

    @Test
    void changesTheTypeWhereItMust() {
        assertThat(Treatment.hmac("x").output(INT64)).contains(TEXT);
        assertThat(Treatment.of(Treatment.Kind.ENCRYPT).output(DATE)).contains(TEXT);
        assertThat(Treatment.QUARANTINED.output(DataType.array(TEXT))).contains(TEXT);
        assertThat(generalize("part", "year").output(DATE)).contains(DataType.of(DataType.TypeKind.INT32));
        assertThat(generalize("truncate", "month").output(DATE)).contains(DATE);
        assertThat(generalize("bucket", "0.5").output(DataType.decimal(10, 2))).contains(DataType.decimal(10, 2));
        assertThat(Treatment.of(Treatment.Kind.DROP).output(TEXT)).isEmpty();
        assertThat(Treatment.of(Treatment.Kind.REDACT).output(INT64)).contains(INT64);
    }

    @Test
    void aConstantThatIsNoSymbolTurnsAnEnumerationIntoText() {
        DataType tier = DataType.enumeration(java.util.List.of("gold", "silver"));
        assertThat(Treatment.of(Treatment.Kind.REDACT).output(tier)).contains(TEXT);
    }

    @ParameterizedTest
    @EnumSource(DataType.TypeKind.class)
    void hidesAFieldOfAnyType(DataType.TypeKind kind) {
        for (Treatment.Kind hiding : Treatment.Kind.values()) {
            if (hiding.asStrictAs(Treatment.Kind.ENCRYPT)) {
                assertThat(hiding.accepts(kind)).as("%s on %s", hiding, kind).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hmac, , needs the parameter domain",
        "hmac, salt=1, has no parameter salt",
        "keep, x=1, has no parameter x",
        "generalize, , exactly one of",
        "generalize, truncate=week, must match",
        "generalize, bucket=0, greater than 0",
        "generalize, bucket=0.00, greater than 0",
        "generalize, bucket=-5, must match",
        "generalize, bucket=1e3, must match",
        "partial, keep_first=0, greater than 0",
        "partial, keep_last=65, must match",
        "partial, char=ab, must match",
    })
    void refusesParametersThatMeanNothing(String kind, String param, String message) {
        Map<String, String> params = Optional.ofNullable(param)
                .map(text -> Map.of(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1)))
                .orElse(Map.of());
        Treatment treatment = new Treatment(Treatment.Kind.ofText(kind).orElseThrow(), params);
        assertThat(String.join("\n", treatment.problems())).contains(message);
    }

    @Test
    void refusesTypesItCannotTreat() {
        assertThat(generalize("bucket", "5").problems(field(DATE, true))).isNotEmpty();
        assertThat(generalize("part", "year").problems(field(INT64, true))).isNotEmpty();
        assertThat(generalize("bucket", "0.5").problems(field(INT64, true))).isNotEmpty();
        assertThat(generalize("bucket", "3000000000").problems(field(DataType.of(DataType.TypeKind.INT32), true)))
                .isNotEmpty();
        assertThat(Treatment.hmac("x").problems(field(DataType.of(DataType.TypeKind.BOOLEAN), true)))
                .isNotEmpty();
        assertThat(Treatment.of(Treatment.Kind.NULL).problems(field(TEXT, false)))
                .containsExactly("The treatment null needs a nullable field.");
        assertThatThrownBy(() -> generalize("part", "year").output(TEXT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyKeepAndHmacLeaveAKeyAKey() {
        for (Treatment.Kind kind : Treatment.Kind.values()) {
            assertThat(kind.fitsKey())
                    .as("%s", kind)
                    .isEqualTo(kind == Treatment.Kind.KEEP || kind == Treatment.Kind.HMAC);
        }
    }

    @Test
    void isTheSameWhateverTheOrderOfItsParameters() {
        Treatment one = new Treatment(Treatment.Kind.PARTIAL, Map.of("keep_first", "1", "char", "#"));
        assertThat(one.toString()).isEqualTo("Treatment[kind=PARTIAL, params={char=#, keep_first=1}]");
    }

    private static Treatment generalize(String name, String value) {
        return new Treatment(Treatment.Kind.GENERALIZE, Map.of(name, value));
    }

    private static Field field(DataType type, boolean nullable) {
        return new Field("f", type, nullable, false);
    }
}
