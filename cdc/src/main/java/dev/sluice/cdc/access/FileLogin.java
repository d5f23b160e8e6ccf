package dev.sluice.cdc.access;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * Logs a Kafka client in with a password from a file, so that no setting of the client holds the password. Kafka
 * makes the module from {@code sasl.jaas.config} with the options {@code mechanism}, {@code user} and {@code file}.
 * Each login reads the file again.
 */
public final class FileLogin implements LoginModule {

    private LoginModule login = new PlainLoginModule();

    /** For Kafka, which calls {@link #initialize} next. */
    public FileLogin() {}

    @Override
    public void initialize(
            Subject subject, CallbackHandler handler, Map<String, ?> sharedState, Map<String, ?> options) {
        if (String.valueOf(options.get("mechanism")).startsWith("SCRAM-")) {
            login = new ScramLoginModule();
        }
        Map<String, Object> known = new HashMap<>();
        known.put("username", String.valueOf(options.get("user")));
        known.put("password", SecretFile.firstLine(Path.of(String.valueOf(options.get("file")))));
        login.initialize(subject, handler, sharedState, known);
    }

    @Override
    public boolean login() throws LoginException {
        return login.login();
    }

    @Override
    public boolean commit() throws LoginException {
        return login.commit();
    }

    @Override
    public boolean abort() throws LoginException {
        return login.abort();
    }

    @Override
    public boolean logout() throws LoginException {
        return login.logout();
    }
}
