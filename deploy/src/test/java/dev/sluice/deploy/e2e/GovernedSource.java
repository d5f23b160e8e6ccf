package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A database of a test with broker and registry, a policy that keeps every column, a pipeline and a home. */
final class GovernedSource implements AutoCloseable {

    private final Path folder;
    private final EmbeddedRuntime runtime;
    private final List<String> tables = new ArrayList<>();
    private final Map<String, List<String>> keys = new TreeMap<>();
    private long maxRecords = 100_000;

    private GovernedSource(Path folder, EmbeddedRuntime runtime) {
        this.folder = folder;
        this.runtime = runtime;
    }

    /** Starts the parts in that folder. */
    static GovernedSource start(Path folder) throws IOException {
        EmbeddedRuntime runtime = EmbeddedRuntime.start(
                Home.open(folder.resolve("elsewhere")), EnumSet.of(Part.POSTGRES, Part.KAFKA, Part.REGISTRY));
        Folders.copy(DemoHome.samplePolicy(), folder.resolve("policy"));
        return new GovernedSource(folder, runtime);
    }

    /** Takes a table of schema public, with key column id, into publication, policy and pipeline. */
    GovernedSource table(String name, String... columns) throws IOException, SQLException {
        sql("GRANT SELECT ON " + name + " TO sluice");
        sql((tables.isEmpty() ? "CREATE PUBLICATION sluice_shop FOR" : "ALTER PUBLICATION sluice_shop ADD") + " TABLE "
                + name);
        return governed("public." + name, List.of("id"), List.of(columns), Map.of());
    }

    /**
     * Takes a table, with its schema, into policy and pipeline, and leaves the database as it is.
     *
     * @param tags the tags of columns that are not simply kept
     */
    GovernedSource governed(String table, List<String> keys, List<String> columns, Map<String, String> tags)
            throws IOException {
        tables.add(table);
        return catalogued(table, keys, columns, tags);
    }

    /** Names the columns that are the key of a table in the pipeline. */
    void keyed(String table, List<String> columns) throws IOException {
        keys.put(table, columns);
        Files.writeString(pipeline(), text());
    }

    /** Takes tables into the pipeline by a pattern, or out of it by an exclusion. */
    void matching(List<String> entries) throws IOException {
        tables.addAll(entries);
        Files.writeString(pipeline(), text());
    }

    /** Takes a table, with its schema, into the policy alone. */
    GovernedSource catalogued(String table, List<String> keys, List<String> columns, Map<String, String> tags)
            throws IOException {
        StringBuilder entry = new StringBuilder("owner: shop-team\nabout: \"a table of the test\"\n");
        if (!tags.isEmpty()) {
            entry.append("subject:\n  kind: customer\n  key: " + keys + "\n");
        }
        entry.append("fields:\n");
        keys.forEach(key -> entry.append(field(key, "system.identifier")));
        columns.forEach(column -> entry.append(field(column, tags.getOrDefault(column, "system.operations"))));
        Path catalog = Files.createDirectories(folder.resolve("policy/catalog/shop/" + table.replace('.', '/')));
        Files.writeString(catalog.resolve("data.yaml"), entry);
        Files.writeString(pipeline(), text());
        return this;
    }

    /** The database, the broker and the registry. */
    EmbeddedRuntime runtime() {
        return runtime;
    }

    /** Sets how many records a batch takes. */
    GovernedSource maxRecords(long records) throws IOException {
        maxRecords = records;
        Files.writeString(pipeline(), text());
        return this;
    }

    private static String field(String name, String tag) {
        return "  \"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\":\n    tags: [" + tag + "]\n";
    }

    Path home() {
        return folder.resolve("home");
    }

    Path pipeline() {
        return folder.resolve("pipeline.yaml");
    }

    private String text() {
        return """
                apiVersion: sluice/v1
                name: shop
                source:
                  type: postgres
                  url: %s
                  user: sluice
                  password: ${file:%s}
                  tables: [%s]
                  keys: {%s}
                transport:
                  bootstrap: %s
                  registry: %s
                policy:
                  dir: %s
                  consumer: lake-analytics
                run:
                  max-records: %d
                """
                .formatted(
                        runtime.postgres().jdbcUrl(),
                        runtime.postgres().capture().file(),
                        String.join(", ", tables),
                        keys.entrySet().stream()
                                .map(key -> key.getKey() + ": " + key.getValue())
                                .collect(Collectors.joining(", ")),
                        runtime.kafkaBootstrap(),
                        runtime.registryUrl(),
                        folder.resolve("policy"),
                        maxRecords);
    }

    Connection connect() throws SQLException {
        return runtime.postgres().connect(runtime.postgres().owner());
    }

    void sql(String... statements) throws SQLException {
        try (Connection owner = connect();
                Statement sql = owner.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }

    /** Runs {@code sluice run --once} in this JVM, where Spark's classes are loaded once, and returns what it said. */
    String once(int code) {
        Cli run = Cli.run("run", "-f", pipeline(), "--once", "--limit", "240", "--home", home());
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        return run.err();
    }

    /** Starts {@code sluice run}, which goes on until it is stopped. */
    CommandProcess running() throws IOException {
        return CommandProcess.start(folder, "run", "-f", pipeline().toString(), "--home", home().toString());
    }

    /** Starts {@code sluice run} so that it is killed where the code reaches that point. */
    CommandProcess runningUntil(String point) throws IOException {
        return CommandProcess.startKilledAt(
                point, folder, "run", "-f", pipeline().toString(), "--home", home().toString());
    }

    /** The versions of a key. */
    JsonNode history(String table, Object key) {
        return Cli.json("table", "history", table, "--key", key, "--home", home());
    }

    /** The column {@code note} of the versions of a key; "-" where the row was gone. */
    List<String> notes(String table, Object key) {
        List<String> told = new ArrayList<>();
        String end = "";
        for (JsonNode version : history(table, key)) {
            if (!told.isEmpty() && !version.at("/valid_from").asText().equals(end)) {
                told.add("-");
            }
            told.add(version.at("/note").asText());
            end = version.at("/valid_to").asText("");
        }
        if (!end.isEmpty() && !end.equals("null")) {
            told.add("-");
        }
        return told;
    }

    void assertSound() {
        JsonNode verified = Cli.json("audit", "verify", "--home", home());
        assertThat(verified.at("/verified").asBoolean()).as(verified.toString()).isTrue();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
