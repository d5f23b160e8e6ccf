package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.deploy.cli.Commands;
import dev.sluice.deploy.cli.Commands.Known;
import dev.sluice.deploy.cli.output.Format;
import dev.sluice.deploy.e2e.PlayedDemo.Played;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command that answers a question, found by walking the model: answers in every format with the same fields, never
 * writes, makes no home, needs no keys.
 */
@ExtendWith(PlayedDemo.class)
class EveryQuestionIT {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int COLUMNS = 80;
    private static final int LONGEST_WORD = 24;
    /** A question about the source still reads the password of the source, which is not one of these. */
    private static final List<String> MASTER_KEYS = List.of("keys.p12", "keys.password", "ledger.key");

    private static final int FAULTS = 3;

    /** Questions that lay out their answer for people themselves; the other formats hold the fields. */
    private static final Set<String> OWN_LAYOUT = Set.of("lineage record");

    @TempDir
    private static Path folder;

    private static Path home;
    private static Calls calls;

    /** Every file of the home before the first question. */
    private static List<String> atRest = List.of();

    @BeforeAll
    static void copy(Played played) throws IOException {
        home = folder.resolve("home");
        Folders.copy(played.home(), home);
        calls = new Calls(home);
        atRest = Folders.listing(home);
    }

    /** One call of one command. */
    private record Call(Known command, List<String> words) {
        @Override
        public String toString() {
            return String.join(" ", words);
        }
    }

    private static Stream<Call> questions() {
        return Commands.questions()
                .flatMap(command -> calls.of(command).map(words -> new Call(command, Calls.at(command, words, home))));
    }

    /** Calls of the commands that act and that first show what they would do. */
    private static Stream<Call> previews() {
        return Commands.all().stream()
                .filter(command -> Commands.ACTING.containsKey(command.path()) && command.has("--output"))
                .filter(command -> command.has("--yes") || command.has("--show"))
                .flatMap(command -> {
                    List<List<String>> all = calls.of(command).toList();
                    // A command with a choice requires one; the call without any is a wrong one.
                    return all.stream().skip(all.size() > 1 ? 1 : 0).map(words -> preview(command, words));
                });
    }

    private static Call preview(Known command, List<String> words) {
        List<String> shown = new ArrayList<>(words);
        if (command.has("--show")) {
            shown.add("--show");
        }
        return new Call(command, Calls.at(command, shown, home));
    }

    @Test
    void everyPreviewIsAmongTheCalls() {
        assertThat(previews().map(call -> call.command().path()).distinct())
                .containsExactlyInAnyOrder("stop", "reset", "capture reset", "dlq discard");
    }

    /** A format that is added must be read and compared below. */
    @Test
    void theFormatsAreThoseThatAreCompared() {
        assertThat(Format.values())
                .containsExactlyInAnyOrder(Format.table, Format.json, Format.jsonl, Format.csv, Format.yaml);
    }

    private static Stream<Call> readers() {
        return Stream.concat(questions(), previews());
    }

    private static Stream<Call> formatted() {
        return readers().filter(call -> call.command().has("--output"));
    }

    @ParameterizedTest
    @MethodSource("formatted")
    void answersInEveryFormatWithTheSameFields(Call call) throws IOException {
        JsonNode json = JSON.readTree(answer(call, "json"));
        List<JsonNode> objects = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(objects::add);
        } else {
            objects.add(json);
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer(call, "jsonl").lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        List<String> csv = records(answer(call, "csv"));
        String text = answer(call, "table");

        assertThat(objects).allSatisfy(object -> assertThat(object.isObject()).isTrue());
        assertThat(fields(lines)).isEqualTo(fields(objects));
        assertThat(lines).hasSameSizeAs(objects);
        assertThat(fields(new YAMLMapper().readTree(answer(call, "yaml")))).isEqualTo(fields(json));
        assertThat(csv).hasSize(objects.size() + 1);
        if (!objects.isEmpty()) {
            assertThat(csv.get(0).split(",", -1)).containsExactlyElementsOf(fields(objects));
        }
        assertThat(text).isNotEmpty();
        if (!OWN_LAYOUT.contains(call.command().path())) {
            String start = json.isArray() ? text.lines().findFirst().orElse("") : text;
            assertThat(fields(objects)).allSatisfy(field -> assertThat(start.toLowerCase(Locale.ROOT))
                    .contains(field.replace('_', ' ')));
        }
    }

    /** What the launcher does on a terminal of that width. */
    @ParameterizedTest
    @MethodSource("formatted")
    void fitsATerminalAndCutsNoValue(Call call) throws IOException {
        JsonNode json = JSON.readTree(answer(call, "json"));
        String text;
        try {
            System.setProperty("sluice.columns", String.valueOf(COLUMNS));
            text = answer(call, "table");
        } finally {
            System.clearProperty("sluice.columns");
        }

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                .as(line)
                .isLessThanOrEqualTo(COLUMNS));
        if (!OWN_LAYOUT.contains(call.command().path())) {
            assertThat(words(json)).allSatisfy(word -> assertThat(text).contains(word));
        }
    }

    /** The words of all values that no layout needs to break. */
    private static Set<String> words(JsonNode json) {
        if (json.isValueNode()) {
            return Stream.of(json.asText().split("[ \\p{Cntrl}]+"))
                    .filter(word -> !json.isNull() && word.length() <= LONGEST_WORD)
                    .collect(Collectors.toSet());
        }
        Set<String> words = new LinkedHashSet<>();
        json.forEach(value -> words.addAll(words(value)));
        return words;
    }

    @ParameterizedTest
    @MethodSource("formatted")
    void refusesAnUnknownFormat(Call call) {
        Cli answer = run(call, "-o", "xml");

        assertThat(answer.code()).isEqualTo(USAGE);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("expected one of [table, json, jsonl, csv, yaml]");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void writesNothing(Call call) throws IOException {
        List<String> here = names(Path.of(""));

        Cli answer = run(call);

        assertThat(answer.code()).as(answer.err()).isIn(OK, FAULTS);
        assertThat(Folders.listing(home)).isEqualTo(atRest);
        assertThat(names(Path.of(""))).isEqualTo(here);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void makesNoHome(Call call) {
        Path nowhere = folder.resolve("nowhere");
        List<String> words = new ArrayList<>(call.words());
        words.replaceAll(word -> word.equals(home.toString()) ? nowhere.toString() : word);

        Cli answer = Cli.run(words.toArray());

        assertThat(answer.code()).as(answer.err()).isIn(OK, USAGE, FAULTS);
        assertThat(nowhere).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void needsNoMasterKeys(Call call) throws IOException {
        Cli withKeys = run(call);
        Path keys = home.resolve("keys");
        Path aside = folder.resolve("secrets");
        Files.createDirectories(aside);
        FileTime changed = Files.getLastModifiedTime(keys);
        for (String secret : MASTER_KEYS) {
            Files.move(keys.resolve(secret), aside.resolve(secret));
        }
        try {
            Cli without = run(call);

            assertThat(without.code()).as(without.err()).isEqualTo(withKeys.code());
            assertThat(without.out()).isEqualTo(withKeys.out());
            assertThat(names(keys)).doesNotContainAnyElementsOf(MASTER_KEYS);
        } finally {
            for (String secret : MASTER_KEYS) {
                Files.move(aside.resolve(secret), keys.resolve(secret));
            }
            Files.setLastModifiedTime(keys, changed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "table history customers --key 1", "audit verify", "doctor"})
    void aProcessOfItsOwnWritesNothing(String typed) throws IOException, InterruptedException {
        Path here = Files.createTempDirectory(folder, "here");
        Path out = folder.resolve("printed.txt");
        List<String> words = new ArrayList<>(Commands.words(typed));
        words.addAll(List.of("--home", home.toString()));

        int code = new ProcessBuilder(Product.command(words.toArray(String[]::new)))
                .directory(here.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();

        assertThat(code).as(Files.readString(out)).isIn(OK, FAULTS);
        assertThat(Folders.listing(home)).isEqualTo(atRest);
        assertThat(names(here)).isEmpty();
    }

    private static String answer(Call call, String format) {
        Cli answer = run(call, "-o", format);
        assertThat(answer.code()).as(answer.err()).isIn(OK, FAULTS);
        return answer.out();
    }

    private static Cli run(Call call, String... more) {
        List<String> words = new ArrayList<>(call.words());
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }

    private static Set<String> fields(Iterable<JsonNode> objects) {
        Set<String> fields = new LinkedHashSet<>();
        objects.forEach(object -> object.fieldNames().forEachRemaining(fields::add));
        return fields;
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Records of a CSV text, quoted cells left out; line ends inside quotes do not end one. */
    private static List<String> records(String csv) {
        return List.of(csv.replaceAll("\"[^\"]*\"", "").split("\r\n"));
    }
}
