package dev.sluice.cdc.access;

import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says how a connection to PostgreSQL is encrypted, and how the two sides prove who they are.
 *
 * @param mode what is required of the server
 * @param rootCertificate PEM file with the certificates of the authorities that the server's certificate must lead to;
 *     null for the authorities that the Java runtime knows
 * @param certificate PEM file with the certificate that proves the role to the server, null for none
 * @param key PEM or DER file with the private key of {@code certificate}, PKCS #8 and not encrypted, null for none
 */
public record DatabaseTls(Mode mode, @Nullable Path rootCertificate, @Nullable Path certificate, @Nullable Path key) {

    /** The driver names the class that compares host and certificate in its message, in every language. */
    private static final String HOST_CHECK = "PgjdbcHostnameVerifier";

    /** SQLSTATE of the driver for a server that answers without TLS although TLS is required. */
    private static final String NO_TLS = "08004";

    /** Names what is required of the server, as PostgreSQL does. */
    public enum Mode {
        /** No encryption. */
        DISABLE,
        /** Encryption when the server offers it; no proof of the server's identity. */
        PREFER,
        /** Encryption; no proof of the server's identity. */
        REQUIRE,
        /** Encryption, and a certificate that leads to a known authority. */
        VERIFY_CA,
        /** Encryption, and a certificate that leads to a known authority and names the host. */
        VERIFY_FULL;

        /** The word for the mode in settings, for example {@code verify-full}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether the server must prove its identity. */
        public boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
        }
    }

    public DatabaseTls {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("A client certificate and its private key are given together.");
        }
        if (certificate != null && rootCertificate == null) {
            throw new IllegalArgumentException("A client certificate needs a root certificate for the server, too.");
        }
    }

    /** That mode with the authorities that the Java runtime knows, and no client certificate. */
    public static DatabaseTls of(Mode mode) {
        return new DatabaseTls(mode, null, null, null);
    }

    /**
     * What applies to a host without further settings: no proof is asked of a server on this machine; any other server
     * must prove its identity, because passwords and clear text travel to it.
     */
    public static DatabaseTls standard(String host) {
        return of(isLoopback(host) ? Mode.PREFER : Mode.VERIFY_FULL);
    }

    /** Whether the text names this machine, without a look-up of names. */
    public static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+")
                || host.matches("\\[?::1]?");
    }

    /**
     * The settings of the PostgreSQL driver, by the driver's names.
     *
     * @throws IllegalArgumentException when the client's certificate cannot be read
     */
    public Map<String, String> driverSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("sslmode", mode.word());
        if (rootCertificate != null) {
            settings.put("sslrootcert", rootCertificate.toString());
        } else if (mode.verifies()) {
            settings.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        if (certificate != null && key != null) {
            settings.put("sslcert", certificate.toString());
            settings.put("sslkey", key.toString());
            // The driver takes every PEM key for an RSA key otherwise.
            settings.put("pemKeyAlgorithm", new CertificateFile(certificate).keyAlgorithm());
        }
        return settings;
    }

    /** Why the server did not prove its identity, as half a sentence; empty when the failure is of another kind. */
    public static Optional<String> refusal(SQLException failure) {
        if (NO_TLS.equals(failure.getSQLState())) {
            return Optional.of("it does not offer TLS");
        }
        if (String.valueOf(failure.getMessage()).contains(HOST_CHECK)) {
            return Optional.of("its certificate is for another host name");
        }
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return Optional.of("its certificate does not lead to a known authority");
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
