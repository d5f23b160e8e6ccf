package dev.sluice.masking.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AesGcmTest {

    private static final HexFormat HEX = HexFormat.of();

    /** The GCM specification (McGrew, Viega), test cases 13, 14 and 16: AES-256. */
    @Test
    void givesTheVectorsOfTheSpecification() {
        SecretKey zero = new SecretKeySpec(new byte[32], "AES");
        assertThat(seal(zero, "000000000000000000000000", "", "")).isEqualTo("530f8afbc74536b9a963b4f1c4cb738b");
        assertThat(seal(zero, "000000000000000000000000", "", "00000000000000000000000000000000"))
                .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");

        SecretKey key = new SecretKeySpec(
                HEX.parseHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"), "AES");
        String clear = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
        assertThat(seal(key, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2", clear))
                .isEqualTo("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                        + "76fc6ece0f4e1768cddf8853bb2d551b");
    }

    @RepeatedTest(20)
    void agreesWithAnotherImplementation(RepetitionInfo repetition) throws InvalidCipherTextException {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] key = bytes(random, 32);
        byte[] nonce = bytes(random, AesGcm.NONCE);
        byte[] associated = bytes(random, random.nextInt(100));
        byte[] clear = bytes(random, random.nextInt(300));
        GCMModeCipher other = GCMBlockCipher.newInstance(AESEngine.newInstance());
        other.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, associated));
        byte[] expected = new byte[other.getOutputSize(clear.length)];
        other.doFinal(expected, other.processBytes(clear, 0, clear.length, expected, 0));

        byte[] sealed = AesGcm.seal(new SecretKeySpec(key, "AES"), nonce, associated, clear);

        assertThat(sealed).isEqualTo(expected);
        assertThat(AesGcm.open(new SecretKeySpec(key, "AES"), nonce, associated, sealed))
                .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(clear));
    }

    @Test
    void sealsTheSameTwiceInARow() {
        SecretKey key = new SecretKeySpec(new byte[32], "AES");

        assertThat(seal(key, "000000000000000000000007", "01", "0203"))
                .isEqualTo(seal(key, "000000000000000000000007", "01", "0203"));
    }

    @Test
    void opensNothingThatWasChanged() {
        SecretKey key = new SecretKeySpec(new byte[32], "AES");
        byte[] nonce = new byte[AesGcm.NONCE];
        byte[] sealed = AesGcm.seal(key, nonce, new byte[] {1}, new byte[] {2, 3, 4});
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(AesGcm.open(key, nonce, new byte[] {1}, changed)).isEmpty();
        }
        assertThat(AesGcm.open(key, nonce, new byte[] {2}, sealed)).isEmpty();
        assertThat(AesGcm.open(key, nonce, new byte[] {1}, new byte[3])).isEmpty();
    }

    private static String seal(SecretKey key, String nonce, String associated, String clear) {
        return HEX.formatHex(AesGcm.seal(key, HEX.parseHex(nonce), HEX.parseHex(associated), HEX.parseHex(clear)));
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
