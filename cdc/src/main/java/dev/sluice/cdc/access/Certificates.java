package dev.sluice.cdc.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** Reads certificates from PEM files. */
public final class Certificates {

    private Certificates() {}

    /**
     * The certificates in that file, at least one.
     *
     * @throws IllegalArgumentException when the file cannot be read or holds no certificate
     */
    public static Collection<? extends Certificate> read(Path file) {
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

    /** The algorithm of the key in the first certificate of that file, for example {@code EC}. */
    static String keyAlgorithm(Path file) {
        return read(file).iterator().next().getPublicKey().getAlgorithm();
    }
}
