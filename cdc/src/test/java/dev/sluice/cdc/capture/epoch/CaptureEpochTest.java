package dev.sluice.cdc.capture.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.event.SourceEpoch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureEpochTest {

    private static final Map<String, TableName> TABLES = Map.of("shop.public.item", new TableName("public", "item"));
    private static final String VERSION_TWO =
            "{\"version\":2,\"epoch\":3,\"placeholders\":[\"one\",\"two\"],\"tables\":{\"public.item\":4}}";

    @TempDir
    Path folder;

    @Test
    void isZeroBeforeTheFirstReset() {
        assertThat(CaptureEpoch.of(folder)).isEqualTo(new CaptureEpoch(2, 0, List.of(), Map.of()));
    }

    @Test
    void writesAndReadsVersionTwoByteForByte() throws IOException {
        CaptureEpoch.of(folder)
                .next(Optional.of("one"))
                .next(Optional.of("two"))
                .next(Optional.empty())
                .with(new TableName("public", "item"), 4)
                .store(folder);

        assertThat(Files.readString(folder.resolve("epoch.json"))).isEqualTo(VERSION_TWO);
        assertThat(CaptureEpoch.of(folder))
                .isEqualTo(new CaptureEpoch(2, 3, List.of("one", "two"), Map.of("public.item", 4L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"version\":1}", "{\"version\":1,\"epoch\":1,\"placeholders\":[],\"tables\":{}}"})
    void refusesAFileThatItDoesNotUnderstand(String text) throws IOException {
        Files.writeString(folder.resolve("epoch.json"), text);

        assertThatThrownBy(() -> CaptureEpoch.of(folder))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("CDC-057")
                .hasMessageContaining("epoch.json");
    }

    @Test
    void marksNothingInTheFirstEpoch() {
        EpochMarks marks = new EpochMarks(folder, TABLES, true);

        assertThat(marks.behindSnapshot()).isEmpty();
        assertThat(marks.stamped(new ProducerRecord<>("t", new byte[0])).headers())
                .isEmpty();
    }

    @Test
    void marksEveryRecordAndTheEndOfTheSnapshotOnce() {
        CaptureEpoch.of(folder).next(Optional.of("one")).store(folder);
        EpochMarks marks = new EpochMarks(folder, TABLES, true);

        assertThat(header(marks.stamped(new ProducerRecord<>("t", new byte[0])), SourceEpoch.HEADER))
                .isEqualTo("1");
        List<ProducerRecord<byte[], byte[]>> sweeps = marks.behindSnapshot();
        assertThat(sweeps).hasSize(1).allSatisfy(sweep -> {
            assertThat(sweep.topic()).isEqualTo("shop.public.item");
            assertThat(sweep.value()).isNull();
            assertThat(header(sweep, SourceEpoch.HEADER)).isEqualTo("1");
            assertThat(header(sweep, SourceEpoch.SWEEP)).matches("\\d{16} public item");
        });
        assertThat(marks.behindSnapshot()).isEmpty();
        assertThat(new EpochMarks(folder, TABLES, false).behindSnapshot()).isEmpty();
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
