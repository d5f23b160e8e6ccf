package dev.sluice.cdc.access;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says how connections to a Kafka broker are encrypted, and how the two sides prove who they are. Names files and holds
 * no secret, so the settings of a client may be shown, logged or sent to another machine.
 *
 * @param encrypted whether connections use TLS; the broker's certificate then has to name the host
 * @param rootCertificate PEM file with the authorities that the broker's certificate must lead to; null for the
 *     authorities that the Java runtime knows
 * @param identity PEM file with the private key (PKCS #8, not encrypted) and the certificates that prove the client's
 *     identity, null for none
 * @param login login by name and password, null for none
 */
public record BrokerAccess(
        boolean encrypted, @Nullable Path rootCertificate, @Nullable Path identity, @Nullable Login login) {

    /** No encryption and no login. */
    public static final BrokerAccess OPEN = new BrokerAccess(false, null, null, null);

    /** Names a way to log in. */
    public enum Mechanism {
        /** The password is sent. */
        PLAIN,
        /** The password is proved, with SHA-256. */
        SCRAM_SHA_256,
        /** The password is proved, with SHA-512. */
        SCRAM_SHA_512;

        /** The name that Kafka uses, for example {@code SCRAM-SHA-256}. */
        public String word() {
            return name().replace('_', '-');
        }

        /** The mechanism of that name, in any case. */
        public static Optional<Mechanism> of(String word) {
            String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
            return java.util.Arrays.stream(values())
                    .filter(mechanism -> mechanism.name().equals(name))
                    .findFirst();
        }
    }

    /**
     * A login by name and password.
     *
     * @param mechanism how the password is proved
     * @param user name of the account
     * @param passwordFile file with the password in its first line, read at each login
     */
    public record Login(Mechanism mechanism, String user, Path passwordFile) {

        private String jaas() {
            return FileLogin.class.getName() + " required mechanism=" + quoted(mechanism.word()) + " user="
                    + quoted(user) + " file="
                    + quoted(passwordFile.toAbsolutePath().toString()) + ";";
        }

        private static String quoted(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    /** The settings of a Kafka client, by Kafka's names; empty when nothing is set. */
    public Map<String, String> clientSettings() {
        Map<String, String> settings = new TreeMap<>();
        if (encrypted || login != null) {
            settings.put("security.protocol", (login == null ? "" : "SASL_") + (encrypted ? "SSL" : "PLAINTEXT"));
        }
        if (login != null) {
            settings.put("sasl.mechanism", login.mechanism().word());
            settings.put("sasl.jaas.config", login.jaas());
        }
        pem(settings, "ssl.truststore", rootCertificate);
        pem(settings, "ssl.keystore", identity);
        return settings;
    }

    private static void pem(Map<String, String> settings, String store, @Nullable Path file) {
        if (file != null) {
            settings.put(store + ".type", "PEM");
            settings.put(store + ".location", file.toAbsolutePath().toString());
        }
    }
}
