package dev.sluice.cdc.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/**
 * Reads a file of certificates in PEM.
 *
 * @param file where the file is
 */
public record CertificateFile(Path file) {

    /**
     * Returns the certificates in the file, at least one.
     *
     * @throws IllegalArgumentException when the file cannot be read or holds no certificate
     */
    public Collection<? extends Certificate> read() {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (read.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no certificate");
            }
            return read;
        } catch (CertificateException e) {
            throw new IllegalArgumentException(file + " holds no certificate in PEM", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }

    /** Returns the algorithm of the key in the first certificate of the file, for example {@code EC}. */
    String keyAlgorithm() {
        return read().iterator().next().getPublicKey().getAlgorithm();
    }
}
