package dev.sluice.deploy.house;

import dev.sluice.deploy.cli.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the commands that are written in the documents. */
public final class DocumentedCommands {

    private static final Pattern TYPED =
            Pattern.compile("(?m)^ *(?:[^`#\\n]* \\| )?(?:deploy/bin/)?sluice ([a-z][^#\\n]*)");
    private static final Pattern QUOTED = Pattern.compile("`(?:deploy/bin/)?sluice ([a-z][^`]*)`");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\\n(.*?)```");

    private DocumentedCommands() {}

    /** Every document of the repository, however deep its folder is. */
    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Sources.root())) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.toString().contains("/."))
                    .forEach(documents::add);
        }
        return documents;
    }

    /**
     * Every command line in the documents, without the name of the program. A quotation in prose that only names a
     * command is left out when the command takes more.
     */
    public static Set<String> all() throws IOException {
        Set<String> commands = new TreeSet<>();
        for (Path document : documents()) {
            commands.addAll(in(document));
        }
        return commands;
    }

    /** The same of one document. */
    public static Set<String> in(Path document) throws IOException {
        Set<String> commands = new TreeSet<>();
        String text = Files.readString(document);
        BLOCK.matcher(text)
                .results()
                .filter(block -> !block.group(1).equals("yaml"))
                .forEach(block -> find(TYPED, block.group(2), commands));
        Set<String> quoted = new TreeSet<>();
        find(QUOTED, BLOCK.matcher(text).replaceAll(""), quoted);
        quoted.stream().filter(command -> !Commands.isOnlyNamed(command)).forEach(commands::add);
        return commands;
    }

    private static void find(Pattern pattern, String text, Set<String> commands) {
        pattern.matcher(text)
                .results()
                .forEach(found -> commands.add(found.group(1).strip()));
    }
}
