package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.access.Certificates;
import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.access.SecretFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a pipeline file that say how connections are encrypted, and how each side proves who it is.
 *
 * @param base folder to which the names of files are relative
 */
record AccessSettings(Path base) {

    private static final String PEM = "a PEM file with certificates";
    private static final String PRIVATE = "a file with a private key that only you can read";

    /** The section {@code tls} of a source on that host; what applies to the host when there is none. */
    DatabaseTls database(Settings source, String host) {
        DatabaseTls standard = DatabaseTls.standard(host);
        if (!source.has("tls")) {
            return standard;
        }
        Settings tls = source.section("tls");
        DatabaseTls.Mode mode = mode(tls, standard.mode());
        Path root = optional(tls, "root-certificate", PEM);
        Path certificate = optional(tls, "certificate", PEM);
        Path key =
                tls.has("key") ? tls.value("key", name -> SecretFile.requirePrivate(file(name)), base, PRIVATE) : null;
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

    private @Nullable Path optional(Settings section, String key, String expected) {
        return section.has(key) ? section.value(key, this::certificates, base, expected) : null;
    }

    private Path certificates(String name) {
        Path file = file(name);
        Certificates.read(file);
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
