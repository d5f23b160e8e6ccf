package dev.sluice.masking.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HkdfTest {

    private static final HexFormat HEX = HexFormat.of();

    /** RFC 5869 appendix A.1. */
    @Test
    void givesTheBasicVectorOfTheRfc() {
        byte[] prk = Hkdf.extract(
                HEX.parseHex("000102030405060708090a0b0c"),
                HEX.parseHex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));

        assertThat(HEX.formatHex(prk)).isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        assertThat(HEX.formatHex(Hkdf.expand(prk, HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42)))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    /** RFC 5869 appendix A.3. */
    @Test
    void givesTheVectorWithoutSaltAndInfo() {
        byte[] prk = Hkdf.extract(new byte[0], HEX.parseHex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));

        assertThat(HEX.formatHex(prk)).isEqualTo("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
        assertThat(HEX.formatHex(Hkdf.expand(prk, new byte[0], 42)))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    @RepeatedTest(20)
    void agreesWithAnotherImplementation(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] salt = bytes(random, random.nextInt(80));
        byte[] secret = bytes(random, 1 + random.nextInt(80));
        byte[] info = bytes(random, random.nextInt(80));
        byte[] expected = new byte[1 + random.nextInt(200)];
        HKDFBytesGenerator other = new HKDFBytesGenerator(new SHA256Digest());
        other.init(new HKDFParameters(secret, salt, info));
        other.generateBytes(expected, 0, expected.length);

        assertThat(Hkdf.expand(Hkdf.extract(salt, secret), info, expected.length))
                .isEqualTo(expected);
    }

    @Test
    void keysOfTwoUsesDiffer() {
        SecretBytes secret = SecretBytes.taking(new byte[32]);

        assertThat(Hkdf.derive(secret, "sluice/v1/a", "AES")).isNotEqualTo(Hkdf.derive(secret, "sluice/v1/b", "AES"));
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
