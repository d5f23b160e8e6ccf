package dev.sluice.deploy.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Makes the class archives from which broker and registry start in half the processor time, once for all JVMs of a
 * build, in the folder that the system property {@code sluice.archives} names. JUnit finds this extension by itself.
 */
public final class ReadyArchives implements BeforeAllCallback {

    /** Called by JUnit. */
    public ReadyArchives() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        String given = System.getProperty(Installation.ARCHIVES, "");
        if (!given.isEmpty()) {
            context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(ReadyArchives.class))
                    .computeIfAbsent(Path.class, type -> make(Path.of(given)), Path.class);
        }
    }

    private static Path make(Path all) {
        try {
            Installation installation = Installation.current();
            Path folder = Files.createDirectories(all.resolve(fingerprint(installation)));
            System.setProperty(Installation.ARCHIVES, folder.toString());
            try (FileChannel turn = FileChannel.open(folder.resolve("turn"), CREATE, WRITE);
                    FileLock held = turn.lock()) {
                assertThat(held.isValid()).isTrue();
                if (!Files.exists(folder.resolve("made"))) {
                    Home home = Home.open(Files.createTempDirectory("sluice-archives"));
                    StartArchive.trainParts(installation, home);
                    Home.removeTree(home.root());
                    Files.createFile(folder.resolve("made"));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An archive fits only the jar files with which it was made. */
    private static String fingerprint(Installation installation) throws IOException {
        Path registry = installation.registryJar();
        String jars = installation.brokerClassPath() + registry + Files.getLastModifiedTime(registry);
        return Integer.toHexString(jars.hashCode());
    }
}
