package dev.sluice.deploy.cli;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.NearestWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice help}. */
@Command(
        name = "help",
        description = {
            "Show how a command is called, or a page about a topic.",
            "A word that names a command and a topic shows both."
        },
        footer = {"", "Examples:", "  sluice help", "  sluice help table history", "  sluice help exit-codes"})
final class HelpCommand implements Callable<Integer> {

    /** The topics, in the order in which a new user needs them; each is a text file in the folder {@code help}. */
    static final List<String> TOPICS = List.of(
            "getting-started",
            "home",
            "transport",
            "policy",
            "keys",
            "erasure",
            "dead-letters",
            "states",
            "formats",
            "exit-codes",
            "logs");

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "A topic, or the words of a command.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CommandLine root = spec.root().commandLine();
        if (words.isEmpty()) {
            root.usage(out);
            out.println();
            out.println("Topics (sluice help TOPIC):");
            TOPICS.forEach(topic -> out.printf("  %-17s%s%n", topic, title(topic)));
            return ExitCode.OK;
        }
        boolean topic = words.size() == 1 && TOPICS.contains(words.get(0));
        CommandLine command = topic ? root.getSubcommands().get(words.get(0)) : command(root);
        if (command != null) {
            command.usage(out);
        }
        if (topic) {
            out.print((command == null ? "" : System.lineSeparator()) + page(words.get(0)));
        }
        return ExitCode.OK;
    }

    /** The command of these words. */
    private CommandLine command(CommandLine root) {
        CommandLine found = root;
        for (String word : words) {
            CommandLine next = found.getSubcommands().get(word);
            if (next == null) {
                throw unknown(word, found);
            }
            found = next;
        }
        return found;
    }

    private DeployException unknown(String word, CommandLine parent) {
        boolean first = parent.getParent() == null;
        Set<String> known = new TreeSet<>(parent.getSubcommands().keySet());
        if (first) {
            known.addAll(TOPICS);
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(
                first
                        ? "There is no command or topic " + word + "."
                        : "The command " + parent.getCommandName() + " has no command " + word + ".");
        NearestWord.to(word, known).ifPresent(near -> sentences.add("Did you mean " + near + "?"));
        sentences.add(first ? "The topics are " + String.join(", ", TOPICS) + "." : "There is " + known + ".");
        sentences.add("Type sluice help to see every command.");
        return new DeployException("DEP-408", String.join(" ", sentences));
    }

    private static String title(String topic) {
        return page(topic).lines().findFirst().orElse("");
    }

    private static String page(String topic) {
        try (@Nullable InputStream text = HelpCommand.class.getResourceAsStream("help/" + topic + ".txt")) {
            if (text == null) {
                throw new IllegalStateException("no page of the topic " + topic);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
