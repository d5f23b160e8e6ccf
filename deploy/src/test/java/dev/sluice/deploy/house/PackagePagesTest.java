package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the page of each package to the files beside it: types, packages and libraries. */
class PackagePagesTest {

    /** The word for a library on the pages, and the beginning of its packages. */
    private static final Map<String, String> LIBRARIES = Map.ofEntries(
            Map.entry("Jackson", "com\\.fasterxml\\.jackson"),
            Map.entry("SLF4J", "org\\.slf4j"),
            Map.entry("Spark", "org\\.apache\\.spark"),
            Map.entry("Scala", "scala"),
            Map.entry("Delta Kernel", "io\\.delta\\.kernel"),
            Map.entry("the Delta library", "io\\.delta\\.(?:tables|storage)"),
            Map.entry("Hadoop", "org\\.apache\\.hadoop"),
            Map.entry("Kafka clients", "org\\.apache\\.kafka\\.(?:clients|common)"),
            Map.entry("Kafka Connect", "org\\.apache\\.kafka\\.connect"),
            Map.entry("the Kafka server", "kafka\\.server"),
            Map.entry("Avro", "org\\.apache\\.avro"),
            Map.entry("Apicurio", "io\\.apicurio"),
            Map.entry("Debezium", "io\\.debezium"),
            Map.entry("the PostgreSQL driver", "org\\.postgresql"),
            Map.entry("picocli", "picocli"),
            Map.entry("SnakeYAML", "org\\.yaml\\.snakeyaml"),
            Map.entry("Jdbi", "org\\.jdbi"),
            Map.entry("Flyway", "org\\.flywaydb"),
            Map.entry("SQLite", "org\\.sqlite"),
            Map.entry("Bouncy Castle", "org\\.bouncycastle"),
            Map.entry("XZ", "org\\.tukaani"),
            Map.entry("Commons Compress", "org\\.apache\\.commons\\.compress"),
            Map.entry("Commons Text", "org\\.apache\\.commons\\.text"),
            Map.entry("Log4j", "org\\.apache\\.logging"),
            Map.entry("OPA", "com\\.styra"));

    private static final int MOST_FILES_OF_THE_GATEWAY = 10;
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+(dev\\.sluice\\.[\\w.]+)");
    private static final Pattern CODE = Pattern.compile("\\{@code ([\\w.*]+)}");
    private static final Pattern NO_CODE = Pattern.compile("(?m)^\\s*(/?\\*|//).*$|\"(?:[^\"\\\\\n]|\\\\.)*\"");
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+");

    /** Every package by its name, and every type by its full name, nested ones too. */
    private static final Map<String, Room> ROOMS = new TreeMap<>();

    private static final Set<String> TYPES = new TreeSet<>();

    /** A package. */
    private static final class Room {
        private final String name;
        private final Set<String> publicTypes = new TreeSet<>();
        private final Set<String> names = new TreeSet<>();
        private String page = "";
        private String code = "";
        private int files;

        Room(String name) {
            this.name = name;
        }

        /** The text of one paragraph of the page; empty when there is none. */
        String paragraph(String beginning) {
            int from = page.indexOf("<p>" + beginning);
            int until = from < 0 ? -1 : page.indexOf("<p>", from + 1);
            return from < 0 ? "" : page.substring(from, until < 0 ? page.length() : until);
        }
    }

    @BeforeAll
    static void read() throws IOException {
        SourceTrees.each(Sources.mainJava(), PackagePagesTest::read);
        for (Path file : Sources.mainJava()) {
            String text = Files.readString(file);
            Room room = ROOMS.get(packageOf(Sources.root().relativize(file).toString()));
            if (file.endsWith("package-info.java")) {
                room.page = text.substring(0, text.lastIndexOf("*/")).replaceAll("\\s*\\n \\*\\s*", " ");
            } else {
                room.code += NO_CODE.matcher(text).replaceAll("");
                room.files++;
            }
        }
    }

    private static void read(String path, CompilationUnitTree unit) {
        Room room = ROOMS.computeIfAbsent(packageOf(path), Room::new);
        for (Tree type : unit.getTypeDecls()) {
            if (type instanceof ClassTree declared) {
                String name = declared.getSimpleName().toString();
                room.names.add(name);
                if (declared.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                    room.publicTypes.add(name);
                }
                add(room.name + "." + name, declared);
            }
        }
    }

    private static void add(String name, ClassTree type) {
        TYPES.add(name);
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree nested) {
                add(name + "." + nested.getSimpleName(), nested);
            }
        }
    }

    private static String packageOf(String path) {
        String below = path.substring(path.indexOf("/java/") + "/java/".length(), path.lastIndexOf('/'));
        return below.replace('/', '.');
    }

    @Test
    void everyPublicTypeStandsOnThePageOfItsPackage() {
        List<String> missing = new ArrayList<>();
        for (Room room : ROOMS.values()) {
            Set<String> told = words(room.page);
            room.publicTypes.stream()
                    .filter(type -> !told.contains(type) && !isOfAListedKind(room, type))
                    .forEach(type -> missing.add(room.name + " does not list " + type));
        }

        assertThat(ROOMS).hasSizeGreaterThan(50);
        assertThat(missing).isEmpty();
    }

    /** A page may list types by the end of their names, as in {@code *Command}. */
    private static boolean isOfAListedKind(Room room, String type) {
        return CODE.matcher(room.page)
                .results()
                .map(found -> found.group(1))
                .anyMatch(kind -> kind.startsWith("*") && type.endsWith(kind.substring(1)));
    }

    private static Set<String> words(String page) {
        return Pattern.compile("\\w+")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTypeOnAPageExists() {
        List<String> missing = new ArrayList<>();
        Set<String> simple = TYPES.stream()
                .map(type -> type.substring(type.lastIndexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Room room : ROOMS.values()) {
            CODE.matcher(room.page)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> TYPE_NAME.matcher(name).matches() && !simple.contains(name))
                    .forEach(name -> missing.add(room.name + " names " + name));
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyFullLinkLeadsToAType() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path file : Sources.mainJava()) {
            String text = Files.readString(file).replaceAll("\\s*\\n\\s*\\*\\s*", " ");
            for (MatchResult link : LINK.matcher(text).results().toList()) {
                links++;
                if (!TYPES.contains(link.group(1)) && !ROOMS.containsKey(link.group(1))) {
                    broken.add(Sources.root().relativize(file) + " links " + link.group(1));
                }
            }
        }

        assertThat(links).isGreaterThan(200);
        assertThat(broken).isEmpty();
    }

    @Test
    void aPageNamesTheLibrariesThatItsPackageUses() {
        List<String> wrong = new ArrayList<>();
        for (Room room : ROOMS.values()) {
            String rule = CODE.matcher(room.paragraph("May use:")).replaceAll("");
            LIBRARIES.forEach((word, packages) -> {
                boolean uses = Pattern.compile("(?<![.\\w])" + packages + "\\.\\w")
                        .matcher(room.code)
                        .find();
                if (uses != rule.contains(word)) {
                    wrong.add(room.name + (uses ? " uses " : " does not use ") + word + ", its page says otherwise");
                }
            });
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void theGatewayStaysSmall() {
        assertThat(ROOMS.get("dev.sluice.deploy.gateway").files)
                .as("files of deploy.gateway")
                .isBetween(1, MOST_FILES_OF_THE_GATEWAY);
    }
}
