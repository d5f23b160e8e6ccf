package dev.sluice.masking.key;

import dev.sluice.masking.control.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key store whose keys are known, for golden files: key number n, from 1 in the order of the names, is 32 times n.
 */
public final class FixedKeys {

    private static final String PASSWORD = "known";

    private FixedKeys() {}

    /** Makes the store in a new folder there, and opens it. */
    public static KeyFile in(Path home) throws IOException, GeneralSecurityException {
        return in(home, KeyName.values());
    }

    static KeyFile in(Path home, KeyName... names) throws IOException, GeneralSecurityException {
        Path folder = home.resolve("keys");
        PrivateFiles.folder(folder);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD.toCharArray());
        for (KeyName name : names) {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) (Arrays.asList(KeyName.values()).indexOf(name) + 1));
            store.setEntry(
                    name.alias(),
                    new KeyStore.SecretKeyEntry(new SecretKeySpec(key, "AES")),
                    new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        PrivateFiles.writeNew(folder.resolve("keys.password"), PASSWORD.getBytes(StandardCharsets.UTF_8));
        PrivateFiles.writeNew(folder.resolve("keys.p12"), bytes.toByteArray());
        return KeyFile.open(folder);
    }
}
