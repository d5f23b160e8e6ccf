package dev.sluice.deploy.embedded;

import dev.sluice.deploy.home.HomeErrors;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the programs of the embedded parts are. The launcher names the installation in the system property {@value
 * #PROPERTY}: an unpacked distribution, or the module's folder in a checkout, whose build folder is meant then. Without
 * the property (tests) it is the build folder that this class was loaded from.
 *
 * @param target folder with {@code registry/} and room for the unpacked database programs and for class archives
 */
record Installation(Path target) {

    static final String PROPERTY = "sluice.home.install";

    /** System property with another folder for the class archives; tests keep theirs apart from the launcher's. */
    static final String ARCHIVES = "sluice.archives";

    /** What the broker needs, by start of the file name; the rest of the class path would only slow its start. */
    private static final List<String> BROKER_JARS = List.of(
            "kafka",
            "scala-",
            "slf4j-api",
            "log4j-",
            "jackson-",
            "metrics-core-2",
            "jopt-simple",
            "caffeine",
            "re2j",
            "jose4j",
            "argparse4j",
            "HdrHistogram",
            "hash4j",
            "pcollections",
            "commons-validator",
            "commons-beanutils",
            "commons-digester",
            "commons-collections-",
            "snakeyaml",
            "zstd-jni",
            "lz4-java",
            "snappy-java",
            "protobuf-java",
            "jspecify");

    /** The installation of this process. */
    static Installation current() {
        String named = System.getProperty(PROPERTY, "");
        return new Installation(named.isEmpty() ? buildFolder() : programs(Path.of(named)));
    }

    /** Class archives that this version of Java made; the launcher builds the same name. */
    Path archives() {
        String given = System.getProperty(ARCHIVES, "");
        return (given.isEmpty() ? target.resolve("start") : Path.of(given)).resolve(System.getProperty("java.version"));
    }

    /** The registry server's program. */
    Path registryJar() {
        Path folder = target.resolve("registry");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(f -> f.toString().endsWith("-runner.jar"))
                        .findFirst()
                        .orElseThrow(() -> EmbeddedErrors.notInstalled(folder));
            } catch (IOException e) {
                throw HomeErrors.folder(folder, e);
            }
        }
        throw EmbeddedErrors.notInstalled(folder);
    }

    /** The class path of the broker: its libraries, always in the same order, then our own classes. */
    String brokerClassPath() {
        List<String> entries = new ArrayList<>(
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .map(entry -> Path.of(entry).toAbsolutePath())
                        .filter(Installation::isBrokerJar)
                        .map(Path::toString)
                        .sorted()
                        .toList());
        entries.add(StartArchive.nodeClasses(this, own()).toString());
        return String.join(":", entries);
    }

    /** The {@code java} program that runs this process. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean isBrokerJar(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return BROKER_JARS.stream().anyMatch(name::startsWith);
    }

    private static Path programs(Path installed) {
        return Files.isDirectory(installed.resolve("registry")) ? installed : installed.resolve("target");
    }

    private static Path buildFolder() {
        Path folder = own().getParent();
        return folder == null ? Path.of("target") : folder;
    }

    private static Path own() {
        try {
            URI location = Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(location).toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path holds an address that is no file", e);
        }
    }
}
