package dev.sluice.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.cli.Sluice;
import dev.sluice.deploy.demo.DemoHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is wrong with a file is said by {@code validate} and by {@code run} in the same words, before anything is made.
 * {@code validate} has done what it was called for and ends with the exit code of a check that found faults; {@code run}
 * was called with a configuration that it cannot use.
 */
class BadPipelinesTest {

    private static final int USAGE = 2;
    private static final int FAULTS_FOUND = 3;
    private static final String GOOD =
            """
            apiVersion: sluice/v1
            name: shop
            source:
              type: postgres
              url: jdbc:postgresql://127.0.0.1:5433/shop
              user: sluice
              password: ${file:secret}
              tables: [public.customers, public.orders]
              slot: sluice_shop
              publication: sluice_shop
            transport:
              bootstrap: 127.0.0.1:9092
              registry: http://127.0.0.1:8081/apis/ccompat/v7
            policy:
              dir: policy
              consumer: lake-analytics
            run:
              trigger: 500ms
              max-records: 1000
              prefix: ""
            """;

    @TempDir
    private Path folder;

    /** What is replaced in the good file, by what, and the fault that follows, with its line. */
    private static Stream<Arguments> cases() {
        return Stream.of(
                bad("sluice/v1", "sluice/v9", 1, "apiVersion: must be sluice/v1"),
                bad("apiVersion: sluice/v1\n", "", 1, "apiVersion: is missing"),
                bad("apiVersion", "apiVersoin", 1, "is not a setting; did you mean apiVersion?"),
                bad("name: shop", "name: Shop", 2, "name: must be lower-case letters"),
                bad("name: shop", "name: 9shop", 2, "name: must be lower-case letters"),
                bad("name: shop", "name: we-ird", 2, "name: must be lower-case letters"),
                bad("name: shop", "name: " + "a".repeat(42), 2, "at most 41 characters"),
                bad("name: shop", "name: [shop]", 2, "name: must be a text"),
                bad("name: shop", "name: ''", 2, "name: must be a text"),
                bad("name: shop", "name: shop\nname: shop", 3, "name: is given twice"),
                bad("type: postgres", "type: oracle", 4, "source.type: must be postgres"),
                bad("  type: postgres\n", "", 4, "source.type: is missing"),
                bad("jdbc:postgresql", "postgresql", 5, "source.url: must be jdbc:postgresql://host:port/database"),
                bad("/shop\n  user", "/shop?sslmode=require\n  user", 5, "parameters and other databases"),
                bad("//127.0.0.1:5433", "//u:p@127.0.0.1:5433", 5, "user, password, parameters"),
                bad(":5433/", ":0/", 5, "a port is a number from 1 to 65535"),
                bad(":5433/", ":99999/", 5, "a port is a number from 1 to 65535"),
                bad("  user: sluice\n", "", 4, "source.user: is missing"),
                bad("  user: sluice", "  usr: sluice", 6, "source.usr: is not a setting; did you mean user?"),
                bad("${file:secret}", "hush-hush", 7, "a secret is never written into the pipeline file"),
                bad("${file:secret}", "${file:none}", 7, "cannot be read"),
                bad("${file:secret}", "${file:empty}", 7, "is empty"),
                bad("${file:secret}", "${file:open}", 7, "chmod 600"),
                bad("${file:secret}", "${env:SECRET}", 7, "a secret is never written into the pipeline file"),
                bad("public.orders]", "public.customers]", 8, "source.tables: names public.customers twice"),
                bad("[public.customers, public.orders]", "[]", 8, "source.tables: must be a list"),
                bad("[public.customers, public.orders]", "public.customers", 8, "source.tables: must be a list"),
                bad("public.orders]", "orders]", 8, "each must be schema.table"),
                bad("public.orders]", "public.Order Items]", 8, "source.tables: names public.Order Items, but a topic"),
                bad("public.orders]", "public.straßen]", 8, "source.tables: names public.straßen, but a topic"),
                bad("public.orders]", "a.b.c]", 8, "each must be schema.table"),
                bad("public.orders]", "public.order_*, public.order_*]", 8, "names public.order_* twice"),
                bad("public.orders]", "public.\"customers\"]", 8, "names public.customers twice"),
                bad("public.orders]", "public.\"odd*\"]", 8, "names public.\"odd*\", but a topic"),
                bad("public.orders]", "public.\"odd]", 8, "each must be schema.table"),
                bad("public.orders]", "public.orders, '!public.audit']", 8, "no pattern names any"),
                bad("[public.customers, public.orders]", "['!public.*']", 8, "no pattern names any"),
                bad("[public.customers, public.orders]", "\n  - public.customers\n  - public.*.*", 10, "each must be"),
                bad("[public.customers, public.orders]", "[*.orders]", 8, "is not YAML"),
                bad("public.orders]", "[public.orders]]", 8, "source.tables: must be a list of texts"),
                bad("  tables:", "  tabels:", 8, "source.tabels: is not a setting; did you mean tables?"),
                bad("slot: sluice_shop", "keys: {public.orders: id}", 9, "keys.public.orders: must be a list"),
                bad("slot: sluice_shop", "keys: {public.orders: [id, no, id]}", 9, "names the column id twice"),
                bad("slot: sluice_shop", "keys: {public.items: [id]}", 9, "must be one table that source.tables names"),
                bad("slot: sluice_shop", "keys: {public.*: [id]}", 9, "must be one table that source.tables names"),
                bad("slot: sluice_shop", "keys: {orders: [id]}", 9, "source.keys.orders: each must be schema.table"),
                bad("slot: sluice_shop", "keys: [id]", 9, "source.keys: must be a section"),
                bad("slot: sluice_shop", "kees: {public.orders: [id]}", 9, "did you mean keys?"),
                bad("slot: sluice_shop", "slot: Sluice-Shop", 9, "PostgreSQL allows small letters"),
                bad("slot: sluice_shop", "slot: " + "s".repeat(64), 9, "source.slot: must be the name"),
                bad("publication: sluice_shop", "publication: " + "p".repeat(64), 10, "PostgreSQL allows 63 bytes"),
                bad("bootstrap: 127.0.0.1:9092", "bootstrap: localhost", 12, "a server without host or port"),
                bad("bootstrap: 127.0.0.1:9092", "bootstrap: a:1,,b:2", 12, "a server without host or port"),
                bad("bootstrap: 127.0.0.1:9092", "bootstrap: a:70000", 12, "a port is a number"),
                bad("  bootstrap: 127.0.0.1:9092\n", "", 12, "transport.bootstrap: is missing"),
                bad("http://127.0.0.1:8081/apis/ccompat/v7", "http://u:p@h?x=1", 13, "user, password, query"),
                bad("http://127.0.0.1:8081/apis/ccompat/v7", "127.0.0.1:8081", 13, "transport.registry: must be"),
                bad("http://127.0.0.1:8081/apis/ccompat/v7", "ftp://h/x", 13, "is not http or https"),
                bad("dir: policy", "dir: nowhere", 15, "policy.dir: is not a folder"),
                bad("dir: policy", "dir: broken", 15, "policy.dir: has a fault in rules/data.yaml"),
                bad("lake-analytics", "nobody-knows", 16, "policy.consumer: is not a consumer of the policy folder"),
                bad("  consumer: lake-analytics\n", "", 15, "policy.consumer: is missing"),
                bad("500ms", "0ms", 18, "run.trigger: must be a time"),
                bad("500ms", "soon", 18, "run.trigger: must be a time"),
                bad("trigger: 500ms", "triger: 500ms", 18, "run.triger: is not a setting; did you mean trigger?"),
                bad("max-records: 1000", "dead-letter-share: 0%", 19, "run.dead-letter-share: must be a share"),
                bad("max-records: 1000", "dead-letter-share: 50", 19, "a whole number and %"),
                bad("max-records: 1000", "dead-letter-share: 101%", 19, "a share from 1% to 100%"),
                bad("max-records: 1000", "max-records: 0", 19, "run.max-records: must be a whole number"),
                bad("max-records: 1000", "max-records: 10000001", 19, "it is out of range"),
                bad("max-records: 1000", "max-records: many", 19, "it is not a whole number"),
                bad("prefix: \"\"", "prefix: \"bad prefix!\"", 20, "run.prefix: must be at most 32 letters"),
                bad(GOOD.substring(GOOD.indexOf("run:")), "run: now\n", 17, "must be a section of keys and values"),
                bad("source:\n", "source:\n\t", 4, "is not YAML"),
                bad("apiVersion: sluice/v1", "apiVersion: &a sluice/v1\nother: *a", 2, "is not a setting"),
                bad("type: postgres", "type: topics", 5, "source.url: is not a setting"));
    }

    private static Arguments bad(String good, String wrong, int line, String text) {
        return Arguments.of(good, wrong, line, text);
    }

    @BeforeEach
    void lay() throws IOException {
        copy(DemoHome.samplePolicy(), folder.resolve("policy"));
        copy(DemoHome.samplePolicy(), folder.resolve("broken"));
        Path rules = folder.resolve("broken/rules/data.yaml");
        Files.writeString(rules, Files.readString(rules) + "\nbad-rule:\n  do: nothing\n");
        for (String name : new String[] {"secret", "empty", "open"}) {
            Path file = Files.writeString(folder.resolve(name), name.equals("empty") ? "" : "hush-hush\n");
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(name.equals("open") ? "rw-r--r--" : "rw-------"));
        }
    }

    /** What {@code run} refuses is what the reading of the file finds, which {@code validate} shows. */
    @ParameterizedTest
    @MethodSource("cases")
    void theReadingAndRunSayTheSame(String good, String wrong, int line, String text) throws IOException {
        assertThat(GOOD).contains(good);
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), GOOD.replace(good, wrong));
        Path home = folder.resolve("home");

        PipelineReading reading = PipelineFile.examine(file);
        Said run = said("run", "-f", file.toString(), "--once", "--home", home.toString());

        List<String> faults = Stream.concat(reading.faults().stream(), reading.policyFaults().stream())
                .map(fault -> fault.place() + ": " + fault.what())
                .toList();
        assertThat(faults)
                .anySatisfy(fault ->
                        assertThat(fault).startsWith(file + ":" + line + ": ").contains(text));
        assertThat(run.code()).as(run.err()).isEqualTo(USAGE);
        assertThat(run.err()).startsWith("DEP-201 ").doesNotContain("hush-hush").doesNotContain("u:p@");
        assertThat(run.err().lines().skip(1).map(String::strip)).containsExactlyElementsOf(faults);
        assertThat(home).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"name: shop, name: Shop, name: must be", "dir: policy, dir: broken, rules/data.yaml"})
    void validateEndsAsACheckThatFoundFaults(String good, String wrong, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), GOOD.replace(good, wrong));

        Said validate = said("validate", "-f", file.toString());

        assertThat(validate.code()).as(validate.err()).isEqualTo(FAULTS_FOUND);
        assertThat(validate.err()).isEmpty();
        assertThat(validate.out()).contains("FAIL").contains(text);
    }

    @Test
    void theGoodFileHasNoFault() throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), GOOD);

        assertThat(PipelineFile.read(file).name()).isEqualTo("shop");
        assertThat(said("validate", "-f", file.toString()).code()).isZero();
    }

    @Test
    void aMissingOrEmptyFileIsOneFault() throws IOException {
        Path empty = Files.writeString(folder.resolve("pipeline.yaml"), "");

        Said validate = said("validate", "-f", empty.toString(), "-o", "jsonl");
        assertThat(validate.code()).isEqualTo(FAULTS_FOUND);
        assertThat(validate.out()).contains("is empty").contains("The policy folder was not checked");
        assertThat(said("run", "-f", empty.toString()).err())
                .contains("has 1 fault.")
                .contains("is empty");
        assertThat(said("validate", "-f", folder.resolve("none.yaml").toString())
                        .code())
                .isEqualTo(USAGE);
        assertThat(said("run", "-f", folder.resolve("none.yaml").toString()).err())
                .contains("has 1 fault.")
                .contains("none.yaml: cannot be read");
    }

    @Test
    void withoutATransportBrokerAndRegistryAreEmbedded() throws IOException {
        String without = GOOD.replaceAll("(?m)^transport:\n(  .*\n){2}", "");
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), without);
        assertThat(PipelineFile.read(file).transport().isEmbedded()).isTrue();
        Files.writeString(file, without + "transport: embedded\n");

        assertThat(PipelineFile.read(file).transport().isEmbedded()).isTrue();
    }

    private record Said(int code, String out, String err) {}

    private static Said said(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Sluice.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Said(code, out.toString(), err.toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
