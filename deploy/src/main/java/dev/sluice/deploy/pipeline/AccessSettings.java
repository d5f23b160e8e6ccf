package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.access.CertificateFile;
import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.access.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a pipeline file that say how connections are encrypted, and how each side proves who it is.
 *
 * @param base folder to which the names of files are relative
 */
record AccessSettings(Path base) {

    private static final String PEM = "a PEM file with certificates";
    private static final String IDENTITY = "a PEM file with a private key and its certificates that only you can read";
    private static final String SECRET = "${file:path}, a file only you can read";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{file:([^}]+)}");
    private static final String PRIVATE = "a file with a private key that only you can read";

    /** The section {@code tls} of a source on that host; what applies to the host when there is none. */
    DatabaseTls database(Settings source, String host) {
        DatabaseTls standard = DatabaseTls.standard(host);
        if (!source.has("tls")) {
            return standard;
        }
        Settings tls = source.section("tls");
        DatabaseTls.Mode mode = mode(tls, standard.mode());
        Path root = certificate(tls, "root-certificate");
        Path certificate = certificate(tls, "certificate");
        Path key = tls.has("key") ? tls.value("key", this::privateFile, base, PRIVATE) : null;
        tls.rejectUnknown();
        return fit(tls, mode, root, certificate, key);
    }

    private static DatabaseTls fit(
            Settings tls, DatabaseTls.Mode mode, @Nullable Path root, @Nullable Path certificate, @Nullable Path key) {
        if ((certificate == null) != (key == null)) {
            tls.report(certificate == null ? "key" : "certificate", "certificate and key are given together");
            return DatabaseTls.of(mode);
        }
        if (certificate != null && root == null) {
            tls.report("certificate", "needs root-certificate, too");
            return DatabaseTls.of(mode);
        }
        return new DatabaseTls(mode, root, certificate, key);
    }

    /** A file with certificates; null when the setting is left out. */
    @Nullable
    Path certificate(Settings section, String key) {
        return section.has(key) ? section.value(key, this::certificates, base, PEM) : null;
    }

    /** A file with a private key and its certificates; null when the setting is left out. */
    @Nullable
    Path identity(Settings section, String key) {
        return section.has(key) ? section.value(key, this::keyAndCertificates, base, IDENTITY) : null;
    }

    private Path keyAndCertificates(String name) {
        Path file = privateFile(name);
        try {
            String text = Files.readString(file);
            if (!text.contains("-----BEGIN PRIVATE KEY-----") || !text.contains("-----BEGIN CERTIFICATE-----")) {
                throw new IllegalArgumentException(file + " does not hold both, the key as PKCS #8 without a password");
            }
            return file;
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }

    /** The file of a secret that must be there. */
    Path secret(Settings section, String key) {
        return section.value(key, this::secretFile, base, SECRET);
    }

    /**
     * The file that {@code ${file:path}} names.
     *
     * @throws IllegalArgumentException when the text is something else, or the file holds no secret of its owner
     */
    Path secretFile(String text) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            throw new IllegalArgumentException("a secret is never written into the pipeline file");
        }
        Path file = file(reference.group(1));
        SecretFile.firstLine(file);
        return file;
    }

    private Path privateFile(String name) {
        return SecretFile.requirePrivate(file(name));
    }

    private Path certificates(String name) {
        Path file = file(name);
        new CertificateFile(file).read();
        return file;
    }

    private Path file(String name) {
        return base.resolve(name).normalize();
    }

    private static DatabaseTls.Mode mode(Settings tls, DatabaseTls.Mode standard) {
        DatabaseTls.Mode usual = tls.has("root-certificate") ? DatabaseTls.Mode.VERIFY_FULL : standard;
        return tls.has("mode") ? tls.value("mode", AccessSettings::mode, usual, "one of " + modes()) : usual;
    }

    private static DatabaseTls.Mode mode(String word) {
        return Arrays.stream(DatabaseTls.Mode.values())
                .filter(mode -> mode.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is another word"));
    }

    private static String modes() {
        return Arrays.stream(DatabaseTls.Mode.values())
                .map(DatabaseTls.Mode::word)
                .collect(Collectors.joining(", "));
    }
}
