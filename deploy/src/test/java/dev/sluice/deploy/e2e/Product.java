package dev.sluice.deploy.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The product as a command line, from the classes of this build; it lives shortly, and the first compiler is enough. */
final class Product {

    private Product() {}

    /** A command that runs {@code sluice} with those arguments. */
    static List<String> command(String... arguments) {
        return command(List.of(), arguments);
    }

    /** The same with flags for its JVM. */
    static List<String> command(List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1200m",
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=120m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsluice.archives=" + System.getProperty("sluice.archives", "")));
        command.addAll(flags);
        command.add("dev.sluice.deploy.cli.Sluice");
        command.addAll(List.of(arguments));
        return command;
    }
}
