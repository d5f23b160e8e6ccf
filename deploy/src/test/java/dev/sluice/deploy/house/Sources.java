package dev.sluice.deploy.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of the repository from a test, whatever its current folder is. */
final class Sources {

    private Sources() {}

    /** The folder that holds the parent {@code pom.xml} and the six modules. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("cdc")) || !Files.isDirectory(here.resolve("deploy"))) {
            here = here.getParent();
            if (here == null) {
                throw new IllegalStateException(
                        "no folder above " + Path.of("").toAbsolutePath() + " holds the modules");
            }
        }
        return here;
    }

    /** Every main Java file of every module. */
    static List<Path> mainJava() throws IOException {
        return java("main");
    }

    /** Every test Java file of every module. */
    static List<Path> testJava() throws IOException {
        return java("test");
    }

    private static List<Path> java(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(f -> f.toString().contains("/src/" + kind + "/java/"))
                    .filter(f -> f.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
