package dev.sluice.deploy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** Every command of the product, found by walking the model, so that a new command is a new case of every test here. */
public final class Commands {

    /** The commands that act, with the reason; every other command is a question and must not write. */
    public static final Map<String, String> ACTING = Map.of(
            "demo", "makes a home and runs every part on it",
            "run", "makes a home and governs",
            "init", "writes a pipeline file and a policy folder",
            "stop", "ends the gateway of a home",
            "reset", "deletes the state of a home when called with --yes",
            "erasure submit", "files a case and works it",
            "capture reset", "deletes slot, topics and state of a capture when called with --yes",
            "capture snapshot", "asks capture to read a table anew",
            "dlq replay", "sends letters through the line again; its preview opens the parts of the home",
            "dlq discard", "gives letters up when called with --yes");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern PREVIEW =
            Pattern.compile("stop .*--show.*|(?:reset|capture reset|dlq discard)(?!.*--yes).*");

    private Commands() {}

    /**
     * One command.
     *
     * @param path its words, for example {@code table history}; empty for {@code sluice} itself
     * @param line its model
     */
    public record Known(String path, CommandLine line) {

        /** Whether it is called itself, and not only through its subcommands. */
        public boolean isLeaf() {
            return line.getSubcommands().isEmpty();
        }

        /** Whether it has that option. */
        public boolean has(String option) {
            return line.getCommandSpec().findOption(option) != null;
        }

        boolean isLongRunning() {
            return line.getCommand() instanceof LongRunning;
        }

        @Override
        public String toString() {
            return path.isEmpty() ? "sluice" : path;
        }
    }

    /** What one call printed in this JVM. */
    record Printed(int code, String out, String err) {}

    /** All commands, {@code sluice} first. */
    public static List<Known> all() {
        List<Known> all = new ArrayList<>();
        collect(new Known("", new CommandLine(new Sluice())), all);
        return all;
    }

    /** The commands that answer a question. */
    public static Stream<Known> questions() {
        return all().stream().filter(Known::isLeaf).filter(command -> !ACTING.containsKey(command.path()));
    }

    /** Whether that call acts: it is of a command that acts, and not its preview. */
    public static boolean acts(String call) {
        boolean acting = ACTING.keySet().stream().anyMatch(path -> call.equals(path) || call.startsWith(path + " "));
        return acting && !PREVIEW.matcher(call).matches();
    }

    /** Whether that call is the name of a command only, of a command that requires more. */
    public static boolean isOnlyNamed(String call) {
        return all().stream()
                .filter(command -> command.path().equals(call))
                .anyMatch(command ->
                        command.line().getCommandSpec().args().stream().anyMatch(ArgSpec::required));
    }

    /** The words of a command line as a shell sees them; knows single quotes and blanks, no more. */
    public static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(found -> found.group(1) != null ? found.group(1) : found.group(2))
                .toList();
    }

    /** Parses a command line; throws when it cannot be typed. */
    public static void parse(String line) {
        new CommandLine(new Sluice())
                .setExpandAtFiles(false)
                .parseArgs(words(line).toArray(String[]::new));
    }

    static Printed print(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Sluice.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Printed(code, out.toString(), err.toString());
    }

    private static void collect(Known command, List<Known> all) {
        all.add(command);
        Map<String, CommandLine> children = new LinkedHashMap<>(command.line().getSubcommands());
        children.forEach((name, child) -> collect(new Known((command.path() + " " + name).strip(), child), all));
    }
}
