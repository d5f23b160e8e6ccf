package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.access.SecretFile;
import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import dev.sluice.policy.catalog.PolicyFolder;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a pipeline file. Paths inside it are relative to the file. Secrets are named, never written: {@code
 * ${file:path}} reads the first line of a file that only its owner can read.
 */
public final class PipelineFile {

    /** The only value of {@code apiVersion} that this version reads. */
    public static final String API_VERSION = "sluice/v1";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");
    private static final String STAND_IN = "jdbc:postgresql://localhost/none";
    private static final int DEFAULT_PORT = 5432;
    private static final int USUAL_DEAD_LETTER_PERCENT = 50;
    private final Path file;
    private final FileFaults faults;
    private final List<Finding> policyFaults = new ArrayList<>();

    private PipelineFile(Path file) {
        this.file = file;
        this.faults = new FileFaults(file.toString());
    }

    /**
     * The pipeline of that file.
     *
     * @throws DeployException {@code DEP-201} that lists every fault with its line
     */
    public static Pipeline read(Path file) {
        return examine(file).required();
    }

    /**
     * What the file says, and its faults.
     *
     * @throws DeployException {@code DEP-201} when the file cannot be read at all
     */
    public static PipelineReading examine(Path file) {
        PipelineFile reading = new PipelineFile(file);
        Node root = reading.parse();
        Pipeline pipeline = root == null ? null : reading.pipeline(root);
        return new PipelineReading(file, pipeline, reading.faults, reading.policyFaults);
    }

    private Pipeline pipeline(Node parsed) {
        Settings top = new Settings("", parsed, faults);
        if (!top.text("apiVersion").equals(API_VERSION)) {
            top.report("apiVersion", "must be " + API_VERSION);
        }
        String name = top.text("name");
        if (!NAME.matcher(name).matches()) {
            top.report("name", "must be lower-case letters, digits and _, at most 41 characters");
        }
        Pipeline pipeline = new Pipeline(
                name,
                source(top.section("source"), name, top.section("registry")),
                new TransportSettings(new AccessSettings(base())).read(top),
                policy(top.section("policy")),
                run(top.section("run")));
        top.rejectUnknown();
        return pipeline;
    }

    private Pipeline.PipelineSource source(Settings source, String name, Settings registry) {
        String type = source.text("type");
        Pipeline.NamedTables tables = TablesSection.of(source);
        Pipeline.Database database = null;
        if (type.equals("postgres")) {
            database = database(source, name);
        } else if (!type.equals("topics")) {
            source.report("type", "must be postgres (captured here) or topics (filled by a Kafka Connect of others)");
        }
        List<String> exact =
                tables.selection().exact().stream().map(TableName::toString).toList();
        Pipeline.RawReading reading = ReadingSection.of(source, registry, exact);
        source.rejectUnknown();
        return new Pipeline.PipelineSource(database, tables, reading);
    }

    private Pipeline.Database database(Settings source, String name) {
        Matcher jdbc = source.value(
                "url", SettingForms::database, SettingForms.database(STAND_IN), "jdbc:postgresql://host:port/database");
        Secret password =
                source.value("password", this::secret, Secret.of(""), "${file:path}, a file only you can read");
        String user = source.text("user");
        int port = jdbc.group(2) == null ? DEFAULT_PORT : Integer.parseInt(jdbc.group(2));
        String standard = "sluice_" + name;
        return new Pipeline.Database(
                new PostgresDatabase(
                        jdbc.group(1),
                        port,
                        jdbc.group(3),
                        user.isBlank() ? "?" : user,
                        password,
                        new AccessSettings(base()).database(source, jdbc.group(1))),
                optional(source, "slot", SettingForms::slot, standard, "the name of a replication slot"),
                optional(source, "publication", SettingForms::publication, standard, "the name of a publication"),
                source.has("slot-warning")
                        ? source.value(
                                "slot-warning",
                                SettingForms::size,
                                CaptureConfig.Replication.WARN_AT,
                                "a size such as 1GB")
                        : CaptureConfig.Replication.WARN_AT);
    }

    private Pipeline.Policy policy(Settings policy) {
        String dir = policy.text("dir");
        Path folder = base().resolve(dir).normalize();
        String consumer = policy.text("consumer");
        if (!dir.isEmpty()) {
            checkFolder(policy, folder, consumer);
        }
        String engine = policy.text("engine", "wasm");
        URI server = engine.equals("wasm")
                ? null
                : policy.value("engine", SettingForms::http, URI.create("http://localhost"), "wasm or an http address");
        Pipeline.Policy read = new Pipeline.Policy(folder, consumer, server);
        policy.rejectUnknown();
        return read;
    }

    /** A gateway could not start with a folder that has faults. */
    private void checkFolder(Settings policy, Path folder, String consumer) {
        if (!Files.isDirectory(folder)) {
            policy.report("dir", "is not a folder: " + folder);
            return;
        }
        List<Finding> found = new ArrayList<>();
        PolicyFolder read = PolicyFolder.read(folder, found);
        found.stream()
                .filter(Finding::fails)
                .sorted()
                .distinct()
                .map(fault -> Finding.fail(
                        fault.code(), policy.place("dir"), "policy.dir: has a fault in " + fault, fault.fix()))
                .forEach(policyFaults::add);
        boolean known = found.stream().noneMatch(fault -> fault.place().name().startsWith("consumers/"));
        if (known && !consumer.isEmpty() && !read.consumers().contains(consumer)) {
            policy.report("consumer", "is not a consumer of the policy folder; there is " + read.consumers());
        }
    }

    /** A value that may be left out; the fallback itself may always be written, an empty one too. */
    private static String optional(
            Settings section, String key, Function<String, String> form, String fallback, String expected) {
        return section.text(key, fallback).equals(fallback) ? fallback : section.value(key, form, fallback, expected);
    }

    private static Pipeline.Run run(Settings run) {
        Duration trigger = run.has("trigger")
                ? run.value("trigger", SettingForms::duration, Duration.ofSeconds(1), "a time such as 500ms, 2s or 1m")
                : Duration.ofSeconds(1);
        long maxRecords = run.has("max-records")
                ? run.value("max-records", SettingForms::records, 1L, "a whole number from 1 to 10000000")
                : 20_000L;
        int deadLetters = run.has("dead-letter-share")
                ? run.value("dead-letter-share", SettingForms::percent, 100, "a share from 1% to 100%")
                : USUAL_DEAD_LETTER_PERCENT;
        Pipeline.Run read = new Pipeline.Run(
                trigger,
                maxRecords,
                optional(run, "prefix", SettingForms::prefix, "", "at most 32 letters, digits and _"),
                deadLetters);
        run.rejectUnknown();
        return read;
    }

    private @Nullable Node parse() {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setMaxAliasesForCollections(0);
            options.setCodePointLimit(1 << 20);
            Node root = new Yaml(options).compose(new StringReader(Files.readString(file)));
            if (root == null) {
                faults.add(0, "", "is empty; sluice init writes a pipeline file");
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            faults.add(line, "", "is not YAML: " + e.getProblem());
        } catch (IOException e) {
            throw PipelineReading.unreadable(file, e);
        }
        return null;
    }

    private Path base() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private Secret secret(String text) {
        return Secret.of(SecretFile.firstLine(new AccessSettings(base()).secretFile(text)));
    }
}
