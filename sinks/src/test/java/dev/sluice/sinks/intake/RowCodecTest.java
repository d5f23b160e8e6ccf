package dev.sluice.sinks.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Row;
import dev.sluice.sinks.TypesZoo;
import dev.sluice.sinks.history.HistoryEvents;
import dev.sluice.sinks.history.Image;
import dev.sluice.sinks.history.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowCodecTest {

    /** Bytes that version 1 wrote when it was released. Never change them: tables hold such bytes. */
    private static final String GOLDEN =
            "011c0c616273656e74000a6279746573090400ff08646174650ac2c0020e646563696d616c070404"
                    + "fb320c646f75626c6506c00200000000000008666c6167020a666c6f6174053fc000000e696e7374"
                    + "616e740c82a0be88f1fca50606696e740305086c6973740d060802780e030e086c6f6e6704808080"
                    + "808040066f6666010874657874080668c3a9107a6f6e656c6573730b01";

    private static Image golden() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("absent", Absent.VALUE);
        values.put("flag", true);
        values.put("off", false);
        values.put("int", -3);
        values.put("long", 1L << 40);
        values.put("float", 1.5f);
        values.put("double", -2.25);
        values.put("decimal", new BigDecimal("-12.30"));
        values.put("text", "h\u00e9");
        values.put("bytes", new byte[] {0, -1});
        values.put("date", LocalDate.of(2026, 3, 1));
        values.put("zoneless", LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000));
        values.put("instant", Instant.parse("2026-03-01T10:00:00.000001Z"));
        values.put("list", Arrays.asList("x", null, 7));
        return Image.of(values);
    }

    @Test
    void writesTheReleasedBytes() {
        assertThat(HexFormat.of().formatHex(RowCodec.encode(golden()))).isEqualTo(GOLDEN);
    }

    @Test
    void readsTheReleasedBytes() {
        assertThat(RowCodec.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(golden());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void readsBackEveryType(int which) {
        Object[] values = new Object[TypesZoo.row(which).length + 1];
        values[0] = 1L;
        System.arraycopy(TypesZoo.row(which), 0, values, 1, values.length - 1);
        Image image = StoredTypes.image(new Row(TypesZoo.schema(), values));

        assertThat(RowCodec.decode(RowCodec.encode(image))).isEqualTo(image);
    }

    @Test
    void readsBackEventsAndVersions() {
        Version open = new Version(
                HistoryEvents.write(1, 10, "a", 1, "b", "?"), HistoryEvents.image("a", 1, "b", 2), 10, null);
        Version closed = new Version(
                open.opening(),
                open.image(),
                10,
                new Version.Closing(
                        20,
                        new Version.ClosingEvent(
                                HistoryEvents.seq(2),
                                19,
                                dev.sluice.cdc.event.Change.Op.DELETE,
                                HistoryEvents.provenance(2))));

        assertThat(VersionCodec.decode(VersionCodec.encode(open))).isEqualTo(open);
        assertThat(VersionCodec.decode(VersionCodec.encode(closed))).isEqualTo(closed);
        assertThat(HistoryEventCodec.decode(HistoryEventCodec.encode(HistoryEvents.delete(3, 5))))
                .isEqualTo(HistoryEvents.delete(3, 5));
    }

    @Test
    void refusesWhatItDidNotWrite() {
        byte[] bytes = RowCodec.encode(golden());
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> RowCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> RowCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] newer = bytes.clone();
        newer[0] = 2;
        assertThatThrownBy(() -> RowCodec.decode(newer)).hasMessageContaining("SNK-010");
    }
}
