package dev.sluice.deploy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A checkout and a distribution around the real launcher, with a small main class in place of the product's and a Maven
 * that only writes down how it was called.
 */
final class LaunchSite {

    private static final String MAIN =
            """
            package dev.sluice.deploy.cli;
            import java.lang.management.ManagementFactory;
            public class Sluice {
                public static void main(String[] args) throws Exception {
                    System.out.println("args=" + String.join(",", args));
                    System.out.println("path=" + System.getProperty("java.class.path"));
                    System.out.println("pid=" + ProcessHandle.current().pid());
                    System.out.println("install=" + System.getProperty("sluice.home.install"));
                    System.out.println("folder=" + System.getProperty("user.dir"));
                    System.out.println("flags=" + ManagementFactory.getRuntimeMXBean().getInputArguments());
                    if (args.length > 1 && args[1].equals("eat")) {
                        Thread eater = new Thread(() -> { byte[] all = new byte[Integer.MAX_VALUE - 8]; });
                        eater.start();
                        Thread.currentThread().join();
                    }
                    System.exit(args.length > 1 ? 7 : 0);
                }
            }
            """;

    private static final String TRAINING =
            """
            package dev.sluice.deploy.embedded;
            import java.nio.file.*;
            public class StartArchive {
                public static void main(String[] args) throws Exception {
                    Files.writeString(Path.of(System.getenv("CALLS")), "trained\\n",
                        StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    Path base = Path.of(args[0]).getParent();
                    Path folder = base.resolve("start").resolve(System.getProperty("java.version"));
                    Files.createDirectories(folder);
                    Files.writeString(folder.resolve("commands.jsa"), "no archive");
                }
            }
            """;

    /** Fails offline when told to, else "builds" by putting the parts in place. */
    private static final String MAVEN =
            """
            #!/bin/sh
            echo "called $*" >> "$CALLS"
            echo "noise of the build"
            case "$*" in *" -o "*) [ ! -e offline-fails ] || exit 1 ;; esac
            mkdir -p deploy/target/lib deploy/target/registry
            printf 'lib/a.jar:lib/b c.jar' > deploy/target/sluice.classpath
            cp compiled.jar deploy/target/deploy-1.0.jar
            """;

    private final Path temp;
    private final Path checkout;
    private final Path jar;

    /** What a run of the launcher left. */
    record Run(int exit, String out, String err, long pid) {}

    LaunchSite(Path temp) throws IOException {
        this.temp = temp;
        checkout = Files.createDirectories(temp.resolve("check out"));
        Files.writeString(source(), "class A {}");
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        putLauncher(checkout.resolve("deploy"));
        program(temp.resolve("tools/mvn"), MAVEN);
        jar = compiled();
    }

    Path checkout() {
        return checkout;
    }

    Path target() {
        return checkout.resolve("deploy/target");
    }

    /** A source file of the checkout. */
    Path source() throws IOException {
        return Files.createDirectories(checkout.resolve("cdc/src/main/java")).resolve("A.java");
    }

    /** An unpacked distribution; no Maven and no source is near it. */
    Path distribution() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("my programs/sluice 1.0"));
        putLauncher(folder);
        Files.createDirectories(folder.resolve("lib"));
        Files.createDirectories(folder.resolve("registry"));
        Files.copy(jar, folder.resolve("lib/deploy-1.0.jar"));
        Files.writeString(folder.resolve("sluice.classpath"), "lib/a.jar:lib/b c.jar");
        return folder;
    }

    /** A folder that looks like a JDK of that version, and runs this one. */
    Path java(String version, String release) throws IOException {
        Path jdk = temp.resolve("jdk " + version);
        program(
                jdk.resolve("bin/java"),
                """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2020-01-01' >&2; exit 0; fi
                exec '%s' "$@"
                """
                        .formatted(version, Path.of(System.getProperty("java.home"), "bin/java")));
        if (!release.isEmpty()) {
            Files.writeString(jdk.resolve("release"), release);
        }
        return jdk;
    }

    /** What Maven and training were called with. */
    List<String> calls() throws IOException {
        Path calls = temp.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** Runs the checkout's launcher. */
    Run sluice(String... arguments) throws Exception {
        return run(checkout.resolve("deploy"), Map.of(), arguments);
    }

    /** Runs the launcher of that installation. */
    Run run(Path installation, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(installation.resolve("bin/sluice").toString()));
        command.addAll(List.of(arguments));
        return run(temp, environment, command);
    }

    /** Runs that command in that folder. */
    Run run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        Map<String, String> all = new HashMap<>(Map.of(
                "PATH", temp.resolve("tools") + ":" + System.getenv("PATH"),
                "CALLS", temp.resolve("calls").toString(),
                "JAVA_HOME", System.getProperty("java.home")));
        all.putAll(environment);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(all);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8),
                process.pid());
    }

    /** Writes an executable file. */
    static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The launcher of this checkout. */
    static Path launcher() {
        Path here = Path.of("").toAbsolutePath();
        Path module = here.resolve("deploy");
        return (Files.isDirectory(module) ? module : here).resolve("bin/sluice");
    }

    private static void putLauncher(Path installation) throws IOException {
        program(installation.resolve("bin/sluice"), Files.readString(launcher()));
    }

    private Path compiled() throws IOException {
        Path classes = Files.createDirectories(temp.resolve("classes"));
        Path main = temp.resolve("src/cli/Sluice.java");
        Path training = temp.resolve("src/embedded/StartArchive.java");
        program(main, MAIN);
        program(training, TRAINING);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), main.toString(), training.toString()))
                .isZero();
        Path made = checkout.resolve("compiled.jar");
        try (OutputStream file = Files.newOutputStream(made);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                out.write(Files.readAllBytes(one));
                out.closeEntry();
            }
        }
        return made;
    }
}
