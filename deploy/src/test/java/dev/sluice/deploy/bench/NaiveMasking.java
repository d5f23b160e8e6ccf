package dev.sluice.deploy.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Masking as tutorials write it: functions over one value, each call from {@code getInstance} on, one key for all. */
final class NaiveMasking {

    private static final byte[] KEY = "not-a-secret-key-of-32-bytes-len".getBytes(StandardCharsets.UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    private NaiveMasking() {}

    /** Registers {@code hmac_hex} and {@code aes_gcm}. */
    static void register(SparkSession session) {
        UDF1<String, String> hmac = NaiveMasking::hmac;
        UDF1<String, String> aes = NaiveMasking::aes;
        session.udf().register("hmac_hex", hmac, DataTypes.StringType);
        session.udf().register("aes_gcm", aes, DataTypes.StringType);
    }

    private static String hmac(String text) throws GeneralSecurityException {
        if (text == null) {
            return null;
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String aes(String text) throws GeneralSecurityException {
        if (text == null) {
            return null;
        }
        byte[] nonce = new byte[12];
        RANDOM.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, nonce));
        byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
        byte[] both =
                ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
        return Base64.getEncoder().encodeToString(both);
    }
}
