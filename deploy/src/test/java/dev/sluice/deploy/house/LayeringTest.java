package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads the compiled classes of all modules with the JDK's {@code jdeps} and holds them to the layering. */
class LayeringTest {

    private static final List<String> LINE = List.of("cdc", "policy", "masking", "sinks", "audit", "deploy");
    private static final Pattern EDGE = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s+.*");

    private static final Pattern CODE = Pattern.compile("\\{@code ([\\w.]+)}");

    /** Package to the packages it uses, for every package of ours. */
    private static final Map<String, Set<String>> USES = new TreeMap<>();

    @BeforeAll
    static void readBytecode() {
        List<String> arguments =
                new ArrayList<>(List.of("-verbose:package", "--ignore-missing-deps", "--multi-release", "base"));
        for (String module : LINE) {
            Path classes = Sources.root().resolve(module).resolve("target/classes");
            boolean hasCode = Files.isDirectory(Sources.root().resolve(module).resolve("src/main/java"));
            assertThat(Files.isDirectory(classes))
                    .as("compiled classes of " + module)
                    .isEqualTo(hasCode);
            if (hasCode) {
                arguments.add(classes.toString());
            }
        }
        arguments.addAll(1, List.of("-filter:none"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        for (String line : out.toString().lines().toList()) {
            Matcher edge = EDGE.matcher(line);
            if (edge.matches() && edge.group(1).startsWith("dev.sluice.")) {
                USES.computeIfAbsent(edge.group(1), p -> new TreeSet<>()).add(edge.group(2));
            }
        }
    }

    @Test
    void seesThePackagesOfEveryModuleThatHasCode() throws java.io.IOException {
        for (String module : LINE) {
            Path classes = Sources.root()
                    .resolve(module)
                    .resolve("target/classes/dev/sluice")
                    .resolve(module);
            if (Files.isDirectory(classes)) {
                assertThat(USES.keySet()).anyMatch(p -> p.startsWith("dev.sluice." + module));
            }
        }
        assertThat(USES).containsKey("dev.sluice.cdc.event");
    }

    @Test
    void modulesDependOnlyOnModulesToTheirLeft() {
        List<String> wrong = edges().filter(e -> {
                    int from = LINE.indexOf(moduleOf(e.from()));
                    int to = LINE.indexOf(moduleOf(e.to()));
                    return to > from;
                })
                .map(Edge::toString)
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void packagesFormNoCycle() {
        List<String> cycles = new ArrayList<>();
        for (String start : USES.keySet()) {
            if (reaches(start, start)) {
                cycles.add(start);
            }
        }

        assertThat(cycles).as("packages that reach themselves").isEmpty();
    }

    @Test
    void theSharedModelSeesTheJavaPlatformOnly() {
        assertThat(USES.get("dev.sluice.cdc.event"))
                .allMatch(p -> p.startsWith("java.") || p.equals("dev.sluice.cdc.event"));
    }

    @Test
    void debeziumIsSeenInCaptureOnly() {
        assertThat(usersOf("io.debezium")).isSubsetOf("dev.sluice.cdc.capture", "dev.sluice.cdc.capture.value");
    }

    @Test
    void sparkAndDeltaAreSeenInSinksAndDeployOnly() {
        Set<String> users = new HashSet<>(usersOf("org.apache.spark"));
        users.addAll(usersOf("io.delta"));

        assertThat(users).allMatch(p -> p.startsWith("dev.sluice.sinks") || p.startsWith("dev.sluice.deploy"));
    }

    @Test
    void everyPomNamesExactlyTheSiblingToItsLeft() throws java.io.IOException {
        Pattern sibling = Pattern.compile("<groupId>dev\\.sluice</groupId>\\s*<artifactId>(\\w+)</artifactId>");
        for (int i = 0; i < LINE.size(); i++) {
            String pom = Files.readString(Sources.root().resolve(LINE.get(i)).resolve("pom.xml"));
            String dependencies = pom.substring(pom.indexOf("<dependencies>"), pom.indexOf("</dependencies>"));
            Set<String> named = sibling.matcher(dependencies)
                    .results()
                    .map(m -> m.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(named).as(LINE.get(i) + "/pom.xml").isEqualTo(i == 0 ? Set.of() : Set.of(LINE.get(i - 1)));
        }
    }

    /** Every package page says what is in, what may come in, and what the package may use; the code keeps to the last. */
    @Test
    void everyPackagePageTellsTheRulesOfItsRoomAndTheCodeKeepsThem() throws java.io.IOException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, Set<String>> room : USES.entrySet()) {
            String name = room.getKey().substring("dev.sluice.".length());
            String page = page(room.getKey());
            for (String part : List.of("<p>In here", "<p>May come in:", "<p>May use:")) {
                if (!page.contains(part)) {
                    wrong.add(name + " has no paragraph " + part);
                }
            }
            Set<String> allowed = CODE.matcher(page.substring(Math.max(0, page.indexOf("<p>May use:"))))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String used : room.getValue()) {
                String other = used.startsWith("dev.sluice.") ? used.substring("dev.sluice.".length()) : "";
                if (!other.isEmpty() && !other.equals(name) && !allowed.contains(other)) {
                    wrong.add(name + " uses " + other + ", which its page does not allow");
                }
            }
            allowed.stream()
                    .filter(other -> USES.containsKey("dev.sluice." + other))
                    .filter(other -> !room.getValue().contains("dev.sluice." + other))
                    .forEach(other -> wrong.add(name + " allows " + other + ", which it does not use"));
        }

        assertThat(wrong).isEmpty();
    }

    private static String page(String pkg) throws java.io.IOException {
        Path file = Sources.root()
                .resolve(moduleOf(pkg))
                .resolve("src/main/java")
                .resolve(pkg.replace('.', '/'))
                .resolve("package-info.java");
        return Files.exists(file) ? Files.readString(file).replaceAll("\\s*\\n \\*\\s*", " ") : "";
    }

    private record Edge(String from, String to) {}

    private static java.util.stream.Stream<Edge> edges() {
        return USES.entrySet().stream().flatMap(e -> e.getValue().stream()
                .filter(to -> to.startsWith("dev.sluice."))
                .map(to -> new Edge(e.getKey(), to)));
    }

    private static String moduleOf(String pkg) {
        return pkg.split("\\.", -1)[2];
    }

    private static Set<String> usersOf(String prefix) {
        return USES.entrySet().stream()
                .filter(e -> e.getValue().stream().anyMatch(p -> p.equals(prefix) || p.startsWith(prefix + ".")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean reaches(String start, String goal) {
        Set<String> seen = new HashSet<>();
        Deque<String> ahead = new ArrayDeque<>(USES.getOrDefault(start, Set.of()));
        ahead.remove(start);
        while (!ahead.isEmpty()) {
            String next = ahead.pop();
            if (next.equals(goal)) {
                return true;
            }
            if (seen.add(next)) {
                ahead.addAll(USES.getOrDefault(next, Set.of()));
            }
        }
        return false;
    }
}
