package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.OversizedValue;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.SourceMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a rejected record still tells: its row, and the size of a value that was left out. */
class RejectedRowTest {

    private static final String HASH = "00ff".repeat(16);

    private final Shop shop = new Shop();
    private final AvroDecoder decoder = shop.decoder();
    private final byte[] sound = shop.framed(shop.envelope("u", null, shop.row(7)));

    @Test
    void rejectsAValueThatWasTooLargeAndSaysWhereAndHowLarge() {
        int schemaId = ByteBuffer.wrap(sound).getInt(1);
        OversizedValue oversized = new OversizedValue(schemaId, 0x1_6B37_4D48L, 40_000_000_000L, HASH);
        RawRecord raw = Shop.raw(shop.key(7), oversized.bytes());

        Outcome<SourceMessage> outcome = decoder.decode(raw);

        assertThat(oversized.bytes()).hasSize(56).startsWith('S', 'L', 'T', 1);
        assertThat(OversizedValue.read(oversized.bytes())).contains(oversized);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("RECORD_TOO_LARGE");
            assertThat(rejected.detail())
                    .isEqualTo("a value of 40000000000 bytes at log position 1/6B374D48, sha256 " + HASH);
        });
        assertNamesTheRow(raw);
    }

    @Test
    void namesTheRowOfARecordWhoseValueIsBroken() {
        assertNamesTheRow(Shop.raw(shop.key(7), Arrays.copyOf(sound, sound.length - 2)));
    }

    @Test
    void namesNoRowWhereSchemaOrKeyCannotBeRead() {
        byte[] key = shop.key(7);
        byte[] otherMagic = sound.clone();
        otherMagic[0] = 9;

        assertThat(decoder.rowOf(Shop.raw(key, otherMagic))).isEmpty();
        assertThat(decoder.rowOf(Shop.raw(Arrays.copyOf(key, key.length - 1), sound)))
                .isEmpty();
        assertThat(decoder.rowOf(Shop.raw(null, sound))).isEmpty();
        assertThat(decoder.rowOf(Shop.raw(key, null))).isEmpty();
        assertThat(OversizedValue.read(sound)).isEmpty();
    }

    @Test
    void namesNoRowWhereTheRecordIsOfAnotherTableThanItsTopic() {
        org.apache.avro.generic.GenericData.Record envelope = shop.envelope("u", null, shop.row(7));
        ((org.apache.avro.generic.GenericData.Record) envelope.get("source")).put("table", "patients");
        RawRecord misrouted = Shop.raw(shop.key(7), shop.framed(envelope));

        assertThat(decoder.decode(misrouted))
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo("DATASET_MISMATCH"));
        assertThat(decoder.rowOf(misrouted)).isEmpty();
    }

    private void assertNamesTheRow(RawRecord raw) {
        assertThat(decoder.decode(raw)).isInstanceOf(Outcome.Rejected.class);
        Optional<AvroDecoder.KeyedRow> row = decoder.rowOf(raw);
        assertThat(row).hasValueSatisfying(named -> {
            assertThat(named.dataset()).isEqualTo(new DatasetId("shop", "public", "customers"));
            assertThat(named.key().value("id")).isEqualTo(7);
            assertThat(named.schema().fields()).hasSize(8);
        });
    }
}
