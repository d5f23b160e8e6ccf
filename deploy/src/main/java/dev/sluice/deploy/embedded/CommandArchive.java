package dev.sluice.deploy.embedded;

import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the archive of loaded classes (JEP 310) that the launcher gives to every command: it runs a few commands, lets
 * the JVM write down which classes they load, and lets another JVM archive these. Such an archive also takes the
 * classes of the command line library, which an archive made at the end of one run (JEP 350) does not on Java 17.
 */
final class CommandArchive {

    private static final Logger LOG = LoggerFactory.getLogger(CommandArchive.class);
    private static final String MAIN = "dev.sluice.deploy.cli.Sluice";
    private static final long MINUTES = 3;

    /** Makes a home with some batches, which the questions are about. */
    private static final String HOME_MAKER = "dev.sluice.deploy.demo.TrainingHome";

    /** Questions over that home; one that refuses to answer has loaded its classes all the same. */
    private static final List<List<String>> QUESTIONS = List.of(
            List.of("version"),
            List.of("--help"),
            List.of("status", "--home", "HOME", "-o", "json"),
            List.of("table", "list", "--home", "HOME"),
            List.of("table", "history", "words", "--key", "hello", "--home", "HOME"),
            List.of("lineage", "record", "words", "--key", "hello", "--home", "HOME"),
            List.of("dlq", "list", "--home", "HOME"),
            List.of("erasure", "status", "--home", "HOME"),
            List.of("policy", "plan", "shop.public.customers", "--home", "HOME"),
            List.of("audit", "verify", "--home", "HOME"));

    private CommandArchive() {}

    /** Writes {@code commands.jsa} to that folder, or logs why there is none. */
    static void train(Path folder, Home home) throws IOException {
        Path work = Files.createDirectories(home.work().resolve("commands"));
        Set<String> classes = new LinkedHashSet<>();
        List<String> maker = java(home);
        maker.addAll(List.of(HOME_MAKER, home.root().toString()));
        run(maker);
        for (int i = 0; i < QUESTIONS.size(); i++) {
            Path list = work.resolve(i + ".classes");
            List<String> command = java(home, "-XX:DumpLoadedClassList=" + list);
            command.add(MAIN);
            QUESTIONS
                    .get(i)
                    .forEach(word ->
                            command.add(word.equals("HOME") ? home.root().toString() : word));
            run(command);
            if (Files.exists(list)) {
                classes.addAll(Files.readAllLines(list));
            }
        }
        Path all = Files.write(work.resolve("all.classes"), classes);
        Path made = work.resolve("commands.jsa");
        run(java(home, "-Xshare:dump", "-XX:SharedClassListFile=" + all, "-XX:SharedArchiveFile=" + made));
        if (Files.exists(made)) {
            Files.move(made, folder.resolve("commands.jsa"), StandardCopyOption.REPLACE_EXISTING);
        } else {
            LOG.atWarn().log("No class archive of the commands was made.");
        }
    }

    private static List<String> java(Home home, String... flags) {
        List<String> command = new ArrayList<>(List.of(
                Installation.java(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dsluice.logs=" + home.logs(),
                "-Dsluice.home.install=" + System.getProperty("sluice.home.install", "")));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    /** Its output goes where that of this process goes, which is the launcher's log. */
    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw EmbeddedErrors.interrupted(e);
        }
    }
}
