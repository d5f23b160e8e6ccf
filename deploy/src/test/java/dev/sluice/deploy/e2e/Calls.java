package dev.sluice.deploy.e2e;

import dev.sluice.deploy.cli.Commands.Known;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Makes calls of a command that have an answer on the played home, from the command's own model: one call with what it
 * requires, and one more for each optional argument of which there is a sample.
 */
final class Calls {

    /** The options of every command, and those that no sample can make more interesting. */
    private static final Set<String> WITHOUT_SAMPLE =
            Set.of("--help", "--version", "--verbose", "--no-color", "--output", "--home", "--dir", "--file");

    private final Path home;
    private final Map<String, String> samples = new LinkedHashMap<>();

    /** Calls on that home. */
    Calls(Path home) {
        this.home = home;
        samples.put("TABLE", "customers");
        samples.put("KEY", "1");
        samples.put("COLUMN", "email");
        samples.put("TIME", "2020-01-01");
        samples.put("DATASET", "shop.public.customers");
        samples.put("ROWS", "3");
        samples.put("TEXT", "T-1");
        samples.put("SECONDS", "5");
        samples.put("CODE", "DEP-401");
        samples.put("WORD", "status");
        samples.put("<consumer>", "lake-analytics");
        samples.put("ID", Cli.json("dlq", "list", "--home", home).at("/0/id").asText());
        samples.put(
                "CASE",
                Cli.json("erasure", "status", "--home", home).at("/0/case").asText());
    }

    /** A sample for what a document calls so, for example {@code CASE}. */
    Map<String, String> samples() {
        return samples;
    }

    /** The calls of a command, without home and format. */
    Stream<List<String>> of(Known command) {
        List<String> least = new ArrayList<>(List.of(command.path().split(" ", -1)));
        List<List<String>> more = new ArrayList<>();
        for (ArgSpec argument : command.line().getCommandSpec().args()) {
            if (argument.required()) {
                least.addAll(written(command, argument));
            } else if (isInteresting(argument)) {
                more.add(written(command, argument));
            }
        }
        return Stream.concat(Stream.of(List.copyOf(least)), more.stream().map(added -> {
            List<String> longer = new ArrayList<>(least);
            longer.addAll(added);
            return longer;
        }));
    }

    /** The same call on that home, when the command takes one. */
    static List<String> at(Known command, List<String> call, Path home) {
        List<String> whole = new ArrayList<>(call);
        if (command.has("--home")) {
            whole.addAll(List.of("--home", home.toString()));
        }
        return whole;
    }

    private boolean isInteresting(ArgSpec argument) {
        boolean named = argument instanceof OptionSpec option && WITHOUT_SAMPLE.contains(option.longestName());
        return !named && argument.arity().max() > 0;
    }

    private List<String> written(Known command, ArgSpec argument) {
        String sample = samples.get(argument.paramLabel());
        if (sample == null) {
            throw new AssertionError("The command " + command + " takes " + argument.paramLabel()
                    + ", and there is no sample of it. Add one to " + Calls.class.getName() + ".");
        }
        return argument instanceof OptionSpec option ? List.of(option.longestName(), sample) : List.of(sample);
    }

    @Override
    public String toString() {
        return "Calls on " + home;
    }
}
