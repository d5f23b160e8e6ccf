package dev.sluice.cdc.access;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Says how the gateway logs in at a schema registry, and which authorities it trusts there. Names files and holds no
 * secret.
 *
 * @param user account of a login by name and password; null when {@code secretFile} holds a bearer token
 * @param secretFile file with the password or the bearer token in its first line, read for each request; null for no
 *     login
 * @param rootCertificate PEM file with the authorities that the registry's certificate must lead to; null for the
 *     authorities that the Java runtime knows
 */
public record RegistryAccess(@Nullable String user, @Nullable File secretFile, @Nullable File rootCertificate)
        implements Serializable {

    /** No login, and the authorities that the Java runtime knows. */
    public static final RegistryAccess OPEN = new RegistryAccess(null, null, null);

    /**
     * The value of the header {@code Authorization}; empty without a login.
     *
     * @throws IllegalArgumentException when the file with the secret cannot be used
     */
    public Optional<String> authorization() {
        if (secretFile == null) {
            return Optional.empty();
        }
        String secret = SecretFile.firstLine(secretFile.toPath());
        if (user == null) {
            return Optional.of("Bearer " + secret);
        }
        byte[] login = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(login));
    }

    /**
     * What TLS connections trust; empty for the authorities that the Java runtime knows.
     *
     * @throws IllegalArgumentException when the file with the certificates cannot be used
     */
    public Optional<SSLContext> trust() {
        if (rootCertificate == null) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate : new CertificateFile(rootCertificate.toPath()).read()) {
                store.setCertificateEntry("authority" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(rootCertificate + " holds certificates that cannot be used", e);
        }
    }
}
