package dev.sluice.masking.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of RFC 4231 section 4. */
class HmacSha256Test {

    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
                + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "0102030405060708090a0b0c0d0e0f10111213141516171819,"
                + " cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd,"
                + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    })
    void givesTheVectorsOfTheRfc(String key, String message, String code) {
        HexFormat hex = HexFormat.of();
        byte[] result =
                HmacSha256.of(new SecretKeySpec(hex.parseHex(key), HmacSha256.ALGORITHM), hex.parseHex(message));

        assertThat(hex.formatHex(result)).isEqualTo(code);
    }

    @Test
    void takesAKeyLongerThanABlock() {
        byte[] key = new byte[131];
        Arrays.fill(key, (byte) 0xaa);
        byte[] message = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII);

        assertThat(HexFormat.of().formatHex(HmacSha256.of(new SecretKeySpec(key, HmacSha256.ALGORITHM), message)))
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    @Test
    void changesKeysBackAndForth() {
        SecretKeySpec one = new SecretKeySpec(new byte[] {1}, HmacSha256.ALGORITHM);
        SecretKeySpec two = new SecretKeySpec(new byte[] {2}, HmacSha256.ALGORITHM);
        byte[] first = HmacSha256.of(one, new byte[] {9});

        assertThat(HmacSha256.of(two, new byte[] {9})).isNotEqualTo(first);
        assertThat(HmacSha256.of(one, new byte[] {9})).isEqualTo(first);
    }
}
