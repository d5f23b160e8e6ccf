package dev.sluice.masking.key;

import dev.sluice.masking.control.PrivateFiles;
import dev.sluice.masking.crypto.AesGcm;
import dev.sluice.masking.crypto.SecretBytes;
import dev.sluice.masking.error.ProtectionErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/**
 * Opens the keys of this installation: a PKCS#12 store (RFC 7292), and a file that holds the password of the store. The
 * first start makes both files with mode 0600 in a folder of mode 0700; a later start refuses files that others can
 * reach. A store that lacks a key is refused and not completed, because a new key would make stored tokens unreadable.
 * Immutable; safe for use by many threads.
 */
public final class KeyFile {

    private static final String TYPE = "PKCS12";
    private static final int KEY_BYTES = 32;

    private final Map<KeyName, SecretBytes> keys;

    private KeyFile(Map<KeyName, SecretBytes> keys) {
        this.keys = keys;
    }

    /** Opens {@code keys.p12} and {@code keys.password} in that folder, as {@link #open(Path, Path)} does. */
    public static KeyFile open(Path folder) {
        return open(folder.resolve("keys.p12"), folder.resolve("keys.password"));
    }

    /**
     * Opens a store with its password file. Makes both when both are missing, and a store with new keys when only the
     * store is missing. {@link SubjectKeys#open} then refuses a control database of the earlier keys with
     * {@code MSK-007}. Several processes may call this method at once: all get the same keys.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-001} when others can reach a file,
     *     {@code MSK-002} when a file cannot be made or read, {@code MSK-003} when the store does not open with the
     *     password, {@code MSK-004} when a key is missing, {@code MSK-005} when only the password file is missing
     */
    public static KeyFile open(Path store, Path passwordFile) {
        PrivateFiles.folderOf(store);
        PrivateFiles.folderOf(passwordFile);
        if (Files.notExists(passwordFile)) {
            if (Files.exists(store)) {
                throw ProtectionErrors.passwordMissing(store, passwordFile);
            }
            SecretBytes fresh = SecretBytes.random(KEY_BYTES);
            PrivateFiles.writeNew(passwordFile, fresh.use(Base64.getUrlEncoder().withoutPadding()::encode));
        }
        char[] password = characters(PrivateFiles.read(passwordFile));
        try {
            if (Files.notExists(store)) {
                PrivateFiles.writeNew(store, newStore(password));
            }
            return new KeyFile(load(store, password));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** The key of that name. */
    public SecretBytes key(KeyName name) {
        SecretBytes key = keys.get(name);
        if (key == null) {
            throw new IllegalStateException("The key store was opened without the key " + name.alias() + ".");
        }
        return key;
    }

    private static byte[] newStore(char[] password) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            KeyStore fresh = KeyStore.getInstance(TYPE);
            fresh.load(null, password);
            KeyStore.PasswordProtection protection = new KeyStore.PasswordProtection(password);
            for (KeyName name : KeyName.values()) {
                SecretBytes key = SecretBytes.random(KEY_BYTES);
                fresh.setEntry(name.alias(), new KeyStore.SecretKeyEntry(key.key(AesGcm.ALGORITHM)), protection);
                key.wipe();
            }
            fresh.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw ProtectionErrors.noSuchAlgorithm(e);
        }
    }

    private static Map<KeyName, SecretBytes> load(Path store, char[] password) {
        Map<KeyName, SecretBytes> found = new EnumMap<>(KeyName.class);
        try {
            KeyStore opened = KeyStore.getInstance(TYPE);
            opened.load(new ByteArrayInputStream(PrivateFiles.read(store)), password);
            for (KeyName name : KeyName.values()) {
                Key key = opened.getKey(name.alias(), password);
                if (key == null || key.getEncoded() == null || key.getEncoded().length != KEY_BYTES) {
                    throw ProtectionErrors.keyMissing(store, name.alias());
                }
                found.put(name, SecretBytes.taking(key.getEncoded()));
            }
        } catch (GeneralSecurityException | IOException e) {
            throw ProtectionErrors.storeDoesNotOpen(store, e);
        }
        return Map.copyOf(found);
    }

    private static char[] characters(byte[] utf8) {
        char[] characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8)).array();
        Arrays.fill(utf8, (byte) 0);
        int end = characters.length;
        while (end > 0 && (characters[end - 1] == '\n' || characters[end - 1] == '\0')) {
            end--;
        }
        return Arrays.copyOf(characters, end);
    }

    @Override
    public String toString() {
        return "KeyFile[****]";
    }
}
