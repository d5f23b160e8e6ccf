package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.decode.avro.AvroColumn;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.RowReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextKeyTest {

    private static final List<AvroColumn> COLUMNS = columns(
            """
            {"name":"id","type":"int"},{"name":"seq","type":"long"},{"name":"code","type":"string"},
            {"name":"live","type":"boolean"},{"name":"price","type":{"type":"bytes","logicalType":"decimal",
              "precision":10,"scale":2,"connect.name":"org.apache.kafka.connect.data.Decimal",
              "connect.parameters":{"scale":"2","connect.decimal.precision":"10"}}}""");

    private static List<AvroColumn> columns(String fields) {
        return RowReader.of(
                        new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Key\",\"fields\":[" + fields + "]}"))
                .columns();
    }

    private static Object[] values(String text, List<AvroColumn> columns) {
        return TextKey.values(text.getBytes(StandardCharsets.UTF_8), columns);
    }

    @Test
    void readsWhatTheConverterOfConnectWrites() {
        var schema = SchemaBuilder.struct()
                .field("id", org.apache.kafka.connect.data.Schema.INT32_SCHEMA)
                .field("seq", org.apache.kafka.connect.data.Schema.INT64_SCHEMA)
                .field("code", org.apache.kafka.connect.data.Schema.STRING_SCHEMA)
                .field("live", org.apache.kafka.connect.data.Schema.BOOLEAN_SCHEMA)
                .field("price", Decimal.schema(2))
                .build();
        Struct key = new Struct(schema)
                .put("id", -4)
                .put("seq", Long.MAX_VALUE)
                .put("code", "a\"b{\\ü")
                .put("live", true)
                .put("price", new BigDecimal("1.20"));
        byte[] header = new SimpleHeaderConverter().fromConnectHeader("t", "__debezium.oldkey", schema, key);

        assertThat(TextKey.looksLike(header)).isTrue();
        assertThat(TextKey.values(header, COLUMNS))
                .containsExactly(-4, Long.MAX_VALUE, "a\"b{\\ü", true, new BigDecimal("1.20"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "[4]",
                "{\"id\":4}{}",
                "{\"id\":4,\"id\":5}",
                "{\"id\":4,\"name\":\"Ana\"}",
                "{\"ID\":4}",
                "{\"id\":null}",
                "{\"id\":\"4\"}",
                "{\"id\":4.0}",
                "{\"id\":2147483648}",
                "{\"id\":1970-01-05}"
            })
    void rejectsEverythingElseAndShowsNoValue(String text) {
        List<AvroColumn> id = columns("{\"name\":\"id\",\"type\":\"int\"}");

        assertThatThrownBy(() -> values(text, id))
                .isInstanceOf(BadRecord.class)
                .message()
                .doesNotContain("4", "5", "Ana", "2147483648");
    }

    @Test
    void rejectsTypesWhoseTextIsNotTheirValue() {
        List<AvroColumn> day = columns("{\"name\":\"day\",\"type\":{\"type\":\"int\",\"logicalType\":\"date\"}}");

        assertThatThrownBy(() -> values("{\"day\":4}", day)).isInstanceOf(BadRecord.class);
    }
}
