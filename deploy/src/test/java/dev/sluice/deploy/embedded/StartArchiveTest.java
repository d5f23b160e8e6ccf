package dev.sluice.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartArchiveTest {

    private static final Path OWN = Path.of("/own/classes");

    @TempDir
    Path temp;

    @Test
    void withoutArchivesThePartsStartTheOrdinaryWay() {
        Installation installation = new Installation(temp);

        assertThat(StartArchive.flags(installation, Part.KAFKA)).isEmpty();
        assertThat(StartArchive.nodeClasses(installation, OWN)).isEqualTo(OWN);
    }

    @Test
    void anArchiveIsUsed() throws Exception {
        Installation installation = new Installation(temp);
        Path archive = Files.createDirectories(installation.archives()).resolve("kafka.jsa");
        Files.createFile(archive);

        assertThat(StartArchive.flags(installation, Part.KAFKA)).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(StartArchive.flags(installation, Part.REGISTRY)).isEmpty();
    }

    @Test
    void anArchiveOfAnotherJavaIsNotUsed() throws Exception {
        Path other = Files.createDirectories(temp.resolve("start/16.0.2"));
        Files.createFile(other.resolve("kafka.jsa"));

        assertThat(StartArchive.flags(new Installation(temp), Part.KAFKA)).isEmpty();
    }

    @Test
    void aJarWithOtherClassesThanOursIsNotUsed() throws Exception {
        Installation installation = new Installation(temp);
        Path jar = Files.createDirectories(installation.archives()).resolve("kafka-node.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("dev/sluice/deploy/embedded/KafkaNode.class"));
            out.write(new byte[] {1, 2, 3});
            out.closeEntry();
        }

        assertThat(StartArchive.nodeClasses(installation, OWN)).isEqualTo(OWN);
    }
}
