package dev.sluice.masking.crypto;

/** Writes bytes as text in base 32 (RFC 4648 section 6), in lower case without padding. */
public final class Base32 {

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    /** The bytes as text; the last digit carries zero bits when the number of bits is not a multiple of five. */
    public static String encode(byte[] bytes) {
        StringBuilder out = new StringBuilder((bytes.length * 8 + 4) / 5);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << 8 | (b & 0xff)) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append(DIGITS.charAt(buffer >>> bits & 31));
            }
        }
        if (bits > 0) {
            out.append(DIGITS.charAt(buffer << (5 - bits) & 31));
        }
        return out.toString();
    }
}
