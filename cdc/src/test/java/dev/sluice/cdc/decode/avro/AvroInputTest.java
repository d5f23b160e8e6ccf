package dev.sluice.cdc.decode.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.cdc.event.DataType;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroInputTest {

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "01, -1",
        "02, 1",
        "7f, -64",
        "8001, 64",
        "feffffffffffffffff01, 9223372036854775807",
        "ffffffffffffffffff01, -9223372036854775808"
    })
    void readsNumbersInTheirShortestForm(String hex, long expected) {
        assertThat(input(hex).readLong()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "8000, AVRO_MALFORMED",
        "feffffffffffffffff0100, AVRO_MALFORMED",
        "ffffffffffffffffff02, AVRO_MALFORMED",
        "ffffffffffffffffffff01, AVRO_MALFORMED",
        "80, AVRO_TRUNCATED",
        "'', AVRO_TRUNCATED"
    })
    void refusesNumbersOfAnotherForm(String hex, DecodeCode code) {
        assertThat(codeOf(hex, in -> {
                    in.readLong();
                    in.end();
                }))
                .isEqualTo(code == DecodeCode.AVRO_MALFORMED && hex.endsWith("0100") ? DecodeCode.AVRO_TRAILING : code);
    }

    @ParameterizedTest
    @CsvSource({
        "01, AVRO_MALFORMED", // length -1
        "04c3, AVRO_TRUNCATED",
        "04c328, UTF8_INVALID", // a continuation byte is missing
        "04c080, UTF8_INVALID", // over-long NUL
        "06eda080, UTF8_INVALID", // lone surrogate
        "08f4908080, UTF8_INVALID", // beyond U+10FFFF
        "80dea0cb0b, AVRO_LIMIT" // 1.5 GB announced in five bytes
    })
    void refusesBadText(String hex, DecodeCode code) {
        assertThat(codeOf(hex, AvroInput::readString)).isEqualTo(code);
    }

    @Test
    void keepsAByteOrderMarkAndTheReplacementCharacter() {
        assertThat(input("0cefbbbfefbfbd").readString()).isEqualTo("\uFEFF\uFFFD");
    }

    @ParameterizedTest
    @CsvSource({
        "feffffffffffffffff01, AVRO_LIMIT", // count of Long.MAX_VALUE
        "ffffffffffffffffff0100, AVRO_LIMIT", // count of Long.MIN_VALUE, which has no negative
        "809bee0200, AVRO_LIMIT", // three million elements without a byte each
        "010400, AVRO_TRUNCATED", // a block of one element that is not there
        "01060000, AVRO_TRUNCATED",
        "0104000000, AVRO_MALFORMED" // block of two bytes whose one element takes one
    })
    void refusesArrayBombs(String hex, DecodeCode code) {
        assertThat(codeOf(hex, in -> in.readBlocks(in::readBoolean))).isEqualTo(code);
    }

    @Test
    void countsTheElementsOfAllArraysOfARecordTogether() {
        DecodeLimits limits = new DecodeLimits(100, 100, 3, 8, 10);
        AvroInput in = new AvroInput(HexFormat.of().parseHex("0400000004000000"), 0, limits);
        in.readBlocks(in::readBoolean);

        assertThatExceptionOfType(BadRecord.class)
                .isThrownBy(() -> in.readBlocks(in::readBoolean))
                .satisfies(e -> assertThat(e.code()).isEqualTo(DecodeCode.AVRO_LIMIT));
    }

    @ParameterizedTest
    @CsvSource({
        "io.debezium.time.Date, string",
        "io.debezium.time.MicroTimestamp, int",
        "org.apache.kafka.connect.data.Decimal, string",
        "io.debezium.data.Uuid, long"
    })
    void refusesASemanticTypeOnTheWrongWireType(String name, String wire) {
        assertThat(columnCode("{'type':'%s','connect.name':'%s'}".formatted(wire, name)))
                .isEqualTo(DecodeCode.LOGICAL_TYPE);
    }

    @Test
    void refusesADecimalWithTwoScales() {
        assertThat(columnCode("{'type':'bytes','logicalType':'decimal','precision':20,'scale':10,"
                        + "'connect.name':'org.apache.kafka.connect.data.Decimal','connect.parameters':{'scale':'2'}}"))
                .isEqualTo(DecodeCode.LOGICAL_TYPE);
    }

    @Test
    void refusesMoreDigitsThanDeclared() {
        ColumnReader reader = column("{'type':'bytes','logicalType':'decimal','precision':4,'scale':2}")
                .reader();

        assertThat(codeOf("04270f", reader::read)).isNull();
        assertThat(codeOf("042710", reader::read)).isEqualTo(DecodeCode.LOGICAL_TYPE);
        assertThat(codeOf("00", reader::read)).isEqualTo(DecodeCode.NUMERIC_NAN);
    }

    @Test
    void keepsMoreThanThirtyEightDigitsAsBigDecimal() {
        assertThat(column("{'type':'bytes','logicalType':'decimal','precision':39,'scale':2}")
                        .type())
                .isEqualTo(DataType.of(DataType.TypeKind.BIG_DECIMAL));
    }

    @ParameterizedTest
    @CsvSource({
        "{'type':'long';'connect.name':'io.debezium.time.MicroTimestamp'}, 80d6e5e3ffffffffff01, TEMPORAL_RANGE",
        "{'type':'int';'connect.name':'io.debezium.time.Date'}, ffffffff0f, TEMPORAL_RANGE",
        "{'type':'string';'connect.name':'io.debezium.time.ZonedTimestamp'}, 10696e66696e697479, TEMPORAL_RANGE",
        "{'type':'long';'connect.name':'io.debezium.time.MicroTime'}, 80c0ed8bc80a, TEMPORAL_RANGE",
        "{'type':'string';'connect.name':'io.debezium.data.Uuid'}, 0261, LOGICAL_TYPE",
        "{'type':'string';'connect.name':'io.debezium.time.Interval'}, 0450,AVRO_TRUNCATED",
        "{'type':'int';'connect.type':'int16'}, 80800480, LOGICAL_TYPE"
    })
    void refusesValuesThatTheirTypeCannotHold(String schema, String hex, DecodeCode code) {
        assertThat(codeOf(hex, column(schema.replace(';', ',')).reader()::read)).isEqualTo(code);
    }

    private static AvroColumn column(String json) {
        return ColumnCompiler.column("c", new Schema.Parser().parse(json.replace('\'', '"')));
    }

    private static DecodeCode columnCode(String json) {
        try {
            column(json);
            return null;
        } catch (BadRecord e) {
            assertThat(e.detail()).startsWith("c: ");
            return e.code();
        }
    }

    private static DecodeCode codeOf(String hex, Consumer<AvroInput> read) {
        try {
            read.accept(input(hex));
            return null;
        } catch (BadRecord e) {
            return e.code();
        }
    }

    private static AvroInput input(String hex) {
        return new AvroInput(HexFormat.of().parseHex(hex), 0, DecodeLimits.standard());
    }
}
