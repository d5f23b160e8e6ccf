package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.SourceMessage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, the result is a value, it holds no data, and it costs little memory. */
class AvroDecoderFuzzTest {

    private static final String CANARY = "canary7Q2x";
    private static final int RECORDS = 12_000;
    private static final long MOST_ALLOCATED = 4 << 20;

    private final Shop shop = new Shop();
    private final AvroDecoder decoder = shop.decoder();
    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<DecodeCode, Integer> codes = new EnumMap<>(DecodeCode.class);
    private long mostAllocated;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void answersEveryMutationOfAValidRecord(long seed) {
        List<RawRecord> valid = new ArrayList<>(shop.everyOp());
        valid.add(shop.record(
                1, shop.envelope("u", shop.row(1, "name", CANARY), shop.row(1, "name", CANARY, "note", CANARY))));
        Random random = new Random(seed);
        for (int i = 0; i < RECORDS; i++) {
            RawRecord record = valid.get(random.nextInt(valid.size()));
            decode(mutated(record, random), seed, i);
        }

        assertThat(codes.keySet())
                .contains(
                        DecodeCode.AVRO_TRUNCATED,
                        DecodeCode.AVRO_TRAILING,
                        DecodeCode.AVRO_INDEX,
                        DecodeCode.UTF8_INVALID,
                        DecodeCode.AVRO_MALFORMED,
                        DecodeCode.AVRO_LIMIT,
                        DecodeCode.KEY_MISMATCH);
        assertThat(mostAllocated).isLessThan(MOST_ALLOCATED);
    }

    @Test
    void answersRandomBytesBehindEveryKnownSchema() {
        shop.everyOp();
        Random random = new Random(4);
        for (int i = 0; i < RECORDS; i++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            int id = 7 + 2 * random.nextInt(3);
            decode(Shop.raw(random.nextBoolean() ? shop.key(1) : body, Shop.frame(id, body)), 4, i);
            decode(Shop.raw(body, body), 4, i);
        }

        assertThat(mostAllocated).isLessThan(MOST_ALLOCATED);
    }

    private void decode(RawRecord record, long seed, int i) {
        long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
        Outcome<SourceMessage> outcome = decoder.decode(record);
        long after = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
        mostAllocated = i < 100 ? 0 : Math.max(mostAllocated, after - before);
        if (outcome instanceof Outcome.Rejected<SourceMessage> rejected) {
            DecodeCode code = DecodeCode.valueOf(rejected.code());
            assertThat(code).as("seed %d record %d", seed, i).isNotEqualTo(DecodeCode.DECODER_FAILURE);
            assertThat(rejected.detail()).doesNotContain(CANARY).doesNotContain("canary");
            codes.merge(code, 1, Integer::sum);
        }
    }

    private static RawRecord mutated(RawRecord record, Random random) {
        byte[] key = record.key();
        byte[] value = record.value();
        List<RawRecord.Header> headers = record.headers();
        switch (random.nextInt(10)) {
            case 0 -> key = key == null ? null : mutated(key, random);
            case 1 -> headers = headers.stream()
                    .map(h -> new RawRecord.Header(h.name(), mutated(h.value(), random)))
                    .toList();
            default -> value = mutated(value, random);
        }
        return new RawRecord(record.origin(), key, value, headers);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            // Mostly behind the frame: a broken frame ends the matter too soon to be interesting.
            int at = random.nextInt(20) == 0 ? random.nextInt(copy.length) : 5 + random.nextInt(copy.length - 5);
            copy = mutatedAt(copy, at, random);
            if (copy.length < 6) {
                return copy;
            }
        }
        return copy;
    }

    private static byte[] mutatedAt(byte[] bytes, int at, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, at, new byte[] {(byte) random.nextInt()});
            case 2 -> spliced(bytes, at, at + 1, new byte[0]);
            case 3 -> spliced(bytes, at, at + 1, new byte[] {-1, -1, -1, -1, (byte) random.nextInt()});
            case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, Math.max(0, at - 8), at));
            default -> spliced(bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ (1 << random.nextInt(8)))});
        };
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + middle.length);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
