package dev.sluice.masking.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.masking.key.FixedKeys;
import dev.sluice.masking.key.KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterSealTest {

    private static final Origin ORIGIN = new Origin("t", "uZ3hNDLiTzmlbnQ2tgnvTg", 0, 7, 0);

    @TempDir
    Path home;

    private DeadLetterSeal seal;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        seal = new DeadLetterSeal(FixedKeys.in(home));
    }

    /** Computed with another implementation (Python) from the known keys. Never changes. */
    @Test
    void writesAndReadsTheFrozenForm() {
        RawRecord record = new RawRecord(
                ORIGIN,
                new byte[] {1},
                null,
                List.of(new RawRecord.Header("h", "ab".getBytes(StandardCharsets.US_ASCII))));
        String golden =
                "534c44020c646561646c65747465722d313630fe104c2640a0bf3714c1ede2c3c4a2230697bf6fd1863ae74c7c54416562"
                        + "d463086254128dfe88a4a23107a6fb5a4d75dcb81644";

        assertThat(HexFormat.of().formatHex(seal.seal(ORIGIN, Payload.of(record))))
                .isEqualTo(golden);
        RawRecord read = Payload.record(ORIGIN, seal.open(ORIGIN, HexFormat.of().parseHex(golden)))
                .orElseThrow();
        assertThat(read.key()).containsExactly(1);
        assertThat(read.value()).isNull();
        assertThat(read.headers()).hasSize(1);
    }

    @Test
    void opensNothingThatWasChangedMovedOrSealedElsewhere() {
        byte[] sealed = seal.seal(ORIGIN, new byte[] {1, 2, 3});
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> seal.open(ORIGIN, changed))
                    .hasMessageStartingWith("MSK-012 The dead letter of t/0/7");
            byte[] cut = Arrays.copyOf(sealed, i);
            assertThatThrownBy(() -> seal.open(ORIGIN, cut)).hasMessageStartingWith("MSK-012");
        }
        for (Origin other : List.of(
                new Origin("t", ORIGIN.topicId(), 0, 8, 0),
                new Origin("t", "another", 0, 7, 0),
                new Origin("t", 0, 7, 0))) {
            assertThatThrownBy(() -> seal.open(other, sealed)).hasMessageStartingWith("MSK-012");
        }
        DeadLetterSeal other = new DeadLetterSeal(KeyFile.open(home.resolve("others")));
        assertThatThrownBy(() -> other.open(ORIGIN, sealed)).hasMessageStartingWith("MSK-012");
    }

    @Test
    void readsEveryRecordBack() {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            RawRecord record = new RawRecord(
                    ORIGIN,
                    random.nextBoolean() ? null : bytes(random),
                    random.nextBoolean() ? null : bytes(random),
                    List.of(new RawRecord.Header("n\u00fc" + i, bytes(random)), new RawRecord.Header("", null)));
            RawRecord read = Payload.record(ORIGIN, Payload.of(record)).orElseThrow();

            assertThat(read.key()).isEqualTo(record.key());
            assertThat(read.value()).isEqualTo(record.value());
            assertThat(read.headers()).usingRecursiveComparison().isEqualTo(record.headers());
        }
    }

    @Test
    void readsNothingFromOtherBytes() {
        Random random = new Random(6);
        byte[] whole = Payload.of(new RawRecord(ORIGIN, bytes(random), bytes(random), List.of()));
        for (int size = 0; size < whole.length; size++) {
            assertThat(Payload.record(ORIGIN, Arrays.copyOf(whole, size))).isEmpty();
        }
        assertThat(Payload.record(ORIGIN, Arrays.copyOf(whole, whole.length + 1)))
                .isEmpty();
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = bytes(random);
            assertThat(Payload.event(noise).isPresent()
                            && Payload.record(ORIGIN, noise).isPresent())
                    .isFalse();
        }
        byte[] huge = {1, 'R', 0x7f, -1, -1, -1};
        assertThat(Payload.record(ORIGIN, huge)).isEmpty();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        return bytes;
    }
}
