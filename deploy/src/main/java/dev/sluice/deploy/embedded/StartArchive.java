package dev.sluice.deploy.embedded;

import dev.sluice.deploy.embedded.process.Leash;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives of loaded classes (JEP 350) that halve the processor time of a start of the broker and of the registry
 * (measured: 5.6 to 2.9 s and 4.9 to 2.5 s). The launcher makes them once after a build by running {@link #main};
 * without them, or when the JVM finds that they do not fit it any more, everything works as before, only slower.
 *
 * <p>An archive fits only unchanged jar files, and no folders. So the broker's two files of our own are put into a
 * small jar beside the archive, which stays the same when other classes of ours are compiled again.
 *
 * <p>An archive belongs to one JVM too: each has a folder of its own, see {@link Installation#archives()}.
 */
final class StartArchive {

    private static final Logger LOG = LoggerFactory.getLogger(StartArchive.class);
    private static final String TRAINING = "sluice.start.training";
    private static final Duration TRAINING_GRACE = Duration.ofMinutes(2);
    private static final List<String> NODE_FILES =
            List.of("dev/sluice/deploy/embedded/KafkaNode.class", EmbeddedKafka.LOGGING);

    private StartArchive() {}

    /** JVM flags for that part. */
    static List<String> flags(Installation installation, Part part) {
        if (Boolean.getBoolean(TRAINING)) {
            return List.of("-XX:ArchiveClassesAtExit=" + fresh(installation, part));
        }
        Path archive = archive(installation, part);
        return Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=warning,cds*=off")
                : List.of();
    }

    /** The leash of a training run leaves time to write the archive. */
    static Leash leash(Leash normal) {
        return Boolean.getBoolean(TRAINING) ? new Leash(normal.stopSignal(), TRAINING_GRACE) : normal;
    }

    /** Where the broker's own classes are: the small jar if it holds what is on the class path now. */
    static Path nodeClasses(Installation installation, Path own) {
        Path jar = nodeJar(installation);
        return Files.exists(jar) && holdsCurrent(jar) ? jar : own;
    }

    /**
     * Starts and stops broker and registry once and keeps the archives that they leave, unless they are there; then
     * makes the archive of the commands.
     *
     * @param args a folder for the state of that run; it is removed afterwards
     */
    public static void main(String[] args) throws IOException {
        Installation installation = Installation.current();
        Files.createDirectories(folder(installation));
        Home home = Home.open(Path.of(args[0]));
        if (!Files.exists(archive(installation, Part.KAFKA)) || !Files.exists(archive(installation, Part.REGISTRY))) {
            trainParts(installation, home);
        }
        CommandArchive.train(folder(installation), home);
        Home.removeTree(home.root());
    }

    /** Starts and stops broker and registry once and keeps the archives that they leave. */
    static void trainParts(Installation installation, Home home) throws IOException {
        Files.createDirectories(folder(installation));
        writeNodeJar(nodeJar(installation));
        System.setProperty(TRAINING, "true");
        try {
            EmbeddedRuntime.start(home, EnumSet.of(Part.KAFKA, Part.REGISTRY)).close();
        } finally {
            System.clearProperty(TRAINING);
        }
        for (Part part : List.of(Part.KAFKA, Part.REGISTRY)) {
            Path made = fresh(installation, part);
            if (Files.exists(made)) {
                Files.move(made, archive(installation, part), StandardCopyOption.ATOMIC_MOVE);
            } else {
                LOG.atWarn().addKeyValue("part", part.label()).log("No class archive was made.");
            }
        }
    }

    private static void writeNodeJar(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : NODE_FILES) {
                out.putNextEntry(new JarEntry(name));
                out.write(current(name));
                out.closeEntry();
            }
        }
    }

    private static boolean holdsCurrent(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String name : NODE_FILES) {
                JarEntry entry = file.getJarEntry(name);
                if (entry == null) {
                    return false;
                }
                try (InputStream in = file.getInputStream(entry)) {
                    if (!Arrays.equals(in.readAllBytes(), current(name))) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static byte[] current(String name) throws IOException {
        try (InputStream in = StartArchive.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("not on the class path: " + name);
            }
            return in.readAllBytes();
        }
    }

    private static Path folder(Installation installation) {
        return installation.archives();
    }

    private static Path nodeJar(Installation installation) {
        return folder(installation).resolve("kafka-node.jar");
    }

    private static Path archive(Installation installation, Part part) {
        return folder(installation).resolve(part.label() + ".jsa");
    }

    private static Path fresh(Installation installation, Part part) {
        return folder(installation).resolve(part.label() + ".jsa.new");
    }
}
