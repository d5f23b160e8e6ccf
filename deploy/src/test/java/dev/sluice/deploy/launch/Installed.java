package dev.sluice.deploy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The product as a user has it who did not build it: unpacked from the archive that the system property {@code
 * sluice.distribution} names, else laid out from the build folder in the same way.
 */
final class Installed {

    private static final String NOBODY = "65534";
    private static final int MINUTES = 8;

    private final Path folder;

    /** What a command left. */
    record Run(int exit, String out, String err) {}

    private Installed(Path folder) {
        this.folder = folder;
    }

    /** Lays it out below that folder, in one with a blank in its name. */
    static Installed below(Path parent) throws Exception {
        Path place = Files.createDirectories(parent.resolve("my programs"));
        String archive = System.getProperty("sluice.distribution", "");
        if (archive.isEmpty()) {
            Path folder = Files.createDirectory(place.resolve("sluice"));
            lay(folder);
            return new Installed(folder);
        }
        assertThat(new ProcessBuilder("tar", "-xzf", archive, "-C", place.toString())
                        .start()
                        .waitFor())
                .isZero();
        try (Stream<Path> unpacked = Files.list(place)) {
            return new Installed(unpacked.findFirst().orElseThrow());
        }
    }

    Path folder() {
        return folder;
    }

    /** Takes away the right to write, as in a folder of somebody else. */
    void makeReadOnly() throws IOException {
        setFolders("r-xr-xr-x");
    }

    /** Gives it back, so that the folder can be removed. */
    void makeWritable() throws IOException {
        setFolders("rwxr-xr-x");
    }

    /** Every file in it with its size and time. */
    Map<Path, String> content() throws IOException {
        Map<Path, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                content.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return content;
    }

    /**
     * Runs a command as an ordinary user, who is another one when this user is root.
     *
     * @param java folder of the Java to run with
     * @param work folder that is the user's own
     */
    Run run(Path java, Path work, String... arguments) throws Exception {
        Path out = work.resolve("out.txt");
        Path err = work.resolve("err.txt");
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            assertThat(new ProcessBuilder("chown", "-R", NOBODY + ":" + NOBODY, work.toString())
                            .start()
                            .waitFor())
                    .isZero();
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        }
        command.add(folder.resolve("bin/sluice").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", java.toString()));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Makes a folder that every user may pass. */
    static Path open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static void lay(Path folder) throws IOException {
        Path module = LaunchSite.launcher().resolve("../..").normalize();
        Path target = module.resolve("target");
        LaunchSite.program(folder.resolve("bin/sluice"), Files.readString(LaunchSite.launcher()));
        String libraries = Files.readString(target.resolve("sluice.classpath"));
        Files.writeString(folder.resolve("sluice.classpath"), libraries);
        for (String library : libraries.strip().split(":", -1)) {
            put(target.resolve(library), folder.resolve(library));
        }
        try (Stream<Path> files = Files.list(target)) {
            for (Path jar : files.filter(f -> f.getFileName().toString().matches("deploy-[^-]+(-SNAPSHOT)?\\.jar"))
                    .toList()) {
                put(jar, folder.resolve("lib").resolve(jar.getFileName()));
            }
        }
        putTree(target.resolve("registry"), folder.resolve("registry"));
        putTree(module.resolve("../policy/sample").normalize(), folder.resolve("policy/sample"));
    }

    private static void putTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                put(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** A second name of the same file, which costs nothing, or a copy. */
    private static void put(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        try {
            Files.createLink(to, from);
        } catch (IOException otherDisk) {
            Files.copy(from, to);
        }
    }

    private void setFolders(String mode) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isDirectory).forEach(one -> {
                try {
                    Files.setPosixFilePermissions(one, PosixFilePermissions.fromString(mode));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
