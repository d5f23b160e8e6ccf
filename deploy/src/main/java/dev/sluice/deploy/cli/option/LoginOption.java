package dev.sluice.deploy.cli.option;

import dev.sluice.cdc.access.DatabaseTls;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Reads how a command connects to a database: the role, its password, and the proof that the server has to give. */
public final class LoginOption {

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            defaultValue = "${sys:user.name}",
            description = "The role that captures. Default: ${DEFAULT-VALUE}.")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file of mode 0600 with the password in its first line. Default: ask for the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--root-certificate",
            paramLabel = "FILE",
            description = "A PEM file with the authority of the server's certificate. Default: those that Java knows.")
    private @Nullable Path rootCertificate;

    /** The role. */
    public String user() {
        return user;
    }

    /** The file with the password; empty when the command asks for it. */
    public Optional<Path> passwordFile() {
        return Optional.ofNullable(passwordFile);
    }

    /** How a connection to that host is encrypted. */
    public DatabaseTls tls(String host) {
        return rootCertificate == null
                ? DatabaseTls.standard(host)
                : new DatabaseTls(DatabaseTls.Mode.VERIFY_FULL, rootCertificate, null, null);
    }
}
