package dev.sluice.deploy.pipeline.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.survey.SourceSurvey;
import dev.sluice.cdc.capture.survey.SurveyedColumn;
import dev.sluice.cdc.capture.survey.SurveyedTable;
import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.cli.Sluice;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.embedded.PostgresAccess;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.CheckedDecisionPoint;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.decision.Treatment;
import dev.sluice.policy.opa.WasmPolicyEngine;
import dev.sluice.policy.review.PolicyCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of ordinary tables, drafted from nothing. */
class PipelineDraftIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static EmbeddedRuntime runtime;
    private static PostgresAccess source;
    private static Path password;
    private static Path drafted;
    private static JsonNode answer;

    @BeforeAll
    static void draft() throws IOException, SQLException {
        runtime = EmbeddedRuntime.start(Home.open(folder.resolve("source")), EnumSet.of(Part.POSTGRES));
        source = runtime.postgres();
        run(ordinary());
        password = Files.writeString(folder.resolve("pass word"), "hush\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        drafted = folder.resolve("my pipeline");
        answer = JSON.readTree(init(0, "--dir", drafted.toString(), "--name", "mixed", "-o", "json"));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @Test
    void capturesWhatCanBeCapturedAndSaysWhyTheRestCannot() {
        assertThat(pipeline().source().tables())
                .containsExactlyInAnyOrder(
                        "public.customers",
                        "public.products",
                        "public.orders",
                        "public.order_items",
                        "public.payment_cards",
                        "public.newsletter",
                        "public.rates",
                        "public.stock_moves",
                        "hr.employees",
                        "hr.departments",
                        "hr.absences",
                        "hr.accounts",
                        "clinic.tenants",
                        "clinic.patients",
                        "clinic.visits_2025",
                        "clinic.visits_2026",
                        "Blog.Authors",
                        "Blog.Posts",
                        "Blog.Comments",
                        "Blog.select");
        Map<String, String> leftOut = new TreeMap<>();
        answer.path("left_out")
                .forEach(f ->
                        leftOut.put(f.path("place").asText(), f.path("code").asText()));
        assertThat(leftOut)
                .isEqualTo(Map.of(
                        "Blog.page views", "CDC-235",
                        "clinic.readings", "POL-230",
                        "clinic.visits", "CDC-236",
                        "public.buyers", "CDC-234",
                        "public.cache", "CDC-231",
                        "public.logbook", "CDC-230",
                        "public.totals", "CDC-234"));
        assertThat(answer.path("tables").asInt()).isEqualTo(20);
        assertThat(answer.path("columns").asInt())
                .isEqualTo(answer.path("classified").asInt()
                        + answer.path("hidden").asInt());
    }

    @Test
    void thePipelineFileNamesTheSourceAndKeepsThePasswordElsewhere() throws IOException {
        Pipeline read = pipeline();
        Pipeline.Database database = read.source().capture().orElseThrow();
        String text = Files.readString(drafted.resolve("pipeline.yaml"));

        assertThat(read.name()).isEqualTo("mixed");
        assertThat(database.server().address()).isEqualTo(address());
        assertThat(database.server().user()).isEqualTo("capturer");
        assertThat(database.server().password().reveal()).isEqualTo("hush");
        assertThat(text).doesNotContain("hush").doesNotContain("transport:\n").contains("prefix: sluice_");
        assertThat(read.policy().consumer()).isEqualTo("lake-analytics");
    }

    @Test
    void thePolicyHasNoFaultAndEveryTableGetsAPlan() {
        Path policy = drafted.resolve("policy");
        assertThat(PolicyCheck.run(policy)).isNotEmpty().noneMatch(Finding::fails);
        PolicyFolder read = PolicyFolder.load(policy);
        List<String> readable = new ArrayList<>();
        try (PolicyEngine engine = WasmPolicyEngine.start(read)) {
            CheckedDecisionPoint point = new CheckedDecisionPoint(
                    engine, read, "lake-analytics", InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z")));
            List<SurveyedTable> surveyed = SourceSurvey.read(
                    pipeline().source().capture().orElseThrow().server());
            for (SurveyedTable table : surveyed) {
                if (pipeline().source().tables().contains(table.name().toString())) {
                    Plan plan = point.plan(
                            new DatasetId(
                                    "mixed", table.name().schema(), table.name().table()),
                            schema(table));
                    plan.fields().stream()
                            .filter(field -> field.treatment().kind() == Treatment.Kind.KEEP)
                            .forEach(field -> readable.add(
                                    table.name() + "." + field.field().name() + " " + kind(field)));
                }
            }
        }
        assertThat(readable)
                .contains("public.orders.total DECIMAL", "public.customers.created_at INSTANT")
                .noneMatch(field -> field.endsWith(TypeKind.TEXT.name()))
                .noneMatch(field -> field.startsWith("hr.employees.") || field.contains(".patient_"));
        assertThat(readable)
                .as("the number of a practice names no patient")
                .filteredOn(field -> field.startsWith("clinic.patients."))
                .containsExactly("clinic.patients.tenant_id INT32");
    }

    @Test
    void theCatalogSaysWhomRowsAreAboutAndWhyEachTagIsThere() throws IOException {
        assertThat(catalog("public/customers"))
                .contains("about: \"people who buy: \\\"all\\\" of them\"")
                .contains("  kind: customer\n  key: [id]")
                .contains("  e_mail:\n    tags: [user.contact.email] # e-mail address, by column name and type text");
        assertThat(catalog("public/orders"))
                .contains("  kind: customer\n  key: [customer_id]")
                .contains("      table: public.customers\n      field: id");
        assertThat(catalog("clinic/visits_2025"))
                .contains("  kind: patient\n  key: [tenant_id, patient_no]")
                .contains("doctor_id (employee)", "confirm");
        assertThat(catalog("hr/employees")).contains("  \"no\":\n    tags: [] # hidden:");
        assertThat(catalog("public/newsletter")).doesNotContain("subject:").contains("  email:\n    tags: []");
    }

    @Test
    void runningTheStatementsMakesTheSourceReady() throws SQLException {
        List<String> statements = new ArrayList<>();
        answer.path("statements").forEach(line -> statements.add(line.asText()));
        assertThat(statements)
                .contains("-- Needed:", "-- Advised:")
                .contains("ALTER ROLE \"capturer\" REPLICATION;")
                .contains("ALTER TABLE \"hr\".\"departments\" REPLICA IDENTITY FULL;")
                .doesNotContain("ALTER TABLE \"public\".\"orders\" REPLICA IDENTITY FULL;")
                .anyMatch(line -> line.startsWith("CREATE PUBLICATION \"sluice_mixed\""))
                .anyMatch(line -> line.contains("GRANT SELECT ON \"hr\".\"employees\" TO \"capturer\""));

        run(List.of(String.join("\n", statements)));

        String second = init(0, "--dir", folder.resolve("ready").toString(), "--name", "mixed");
        assertThat(second).contains("The source needs no statement.").contains("sluice validate -f ");
    }

    @Test
    void overwritesNothing() throws IOException {
        Path own = folder.resolve("own");
        init(0, "--dir", own.toString(), "--tables", "public.orders,public.customers");
        String first = Files.readString(own.resolve("pipeline.yaml"));
        Files.writeString(own.resolve("policy/README.md"), "mine");

        assertThat(init(1, "--dir", own.toString())).contains("DEP-602").contains("--force");
        assertThat(Files.readString(own.resolve("pipeline.yaml"))).isEqualTo(first);
        assertThat(init(0, "--dir", own.toString(), "--force")).contains("pipeline.yaml.before-1");
        assertThat(Files.readString(own.resolve("pipeline.yaml.before-1"))).isEqualTo(first);
        assertThat(Files.readString(own.resolve("policy.before-1/README.md"))).isEqualTo("mine");
        try (Stream<Path> left = Files.list(own)) {
            assertThat(left.map(path -> path.getFileName().toString()).toList())
                    .containsExactlyInAnyOrder("pipeline.yaml", "policy", "pipeline.yaml.before-1", "policy.before-1");
        }
    }

    @Test
    void refusesTablesThatAreNotThereOrCannotBeCaptured() {
        assertThat(init(2, "--dir", folder.resolve("x").toString(), "--tables", "public.orders,public.nothing"))
                .contains("DEP-603")
                .contains("public.nothing");
        assertThat(init(1, "--dir", folder.resolve("x").toString(), "--tables", "public.logbook"))
                .contains("DEP-604")
                .contains("CDC-230");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void writesAPasswordThatWasTypedToAFileThatOnlyItsOwnerReads() throws IOException {
        DraftFolder typed = new DraftFolder(folder.resolve("typed"), false, null);
        SourceAddress address = SourceAddress.parse(source.jdbcUrl());
        PipelineDrafting.write(new DraftRequest(
                address,
                new DraftRequest.SourceLogin("capturer", Secret.of("hush"), DatabaseTls.standard("127.0.0.1")),
                "typed",
                List.of("public.orders"),
                typed));

        Path file = typed.root().resolve("source.password");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(PipelineFile.read(typed.pipeline())
                        .source()
                        .capture()
                        .orElseThrow()
                        .server()
                        .password())
                .isEqualTo(Secret.of("hush"));
        assertThatThrownBy(typed::refuseExisting)
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("DEP-602");
    }

    private static String address() {
        SourceAddress address = SourceAddress.parse(source.jdbcUrl());
        return address.host() + ":" + address.port() + "/" + address.database();
    }

    private static Pipeline pipeline() {
        return PipelineFile.read(drafted.resolve("pipeline.yaml"));
    }

    private static String catalog(String table) throws IOException {
        return Files.readString(drafted.resolve("policy/catalog/mixed/" + table + "/data.yaml"));
    }

    private static String kind(PlannedField field) {
        return field.field().type().kind().name();
    }

    private static RowSchema schema(SurveyedTable table) {
        List<Field> fields = new ArrayList<>();
        for (SurveyedColumn column : table.columns()) {
            column.type()
                    .ifPresent(type ->
                            fields.add(new Field(column.name(), type, column.nullable(), table.isKey(column.name()))));
        }
        return RowSchema.of(fields);
    }

    private static String init(int code, String... options) {
        StringWriter out = new StringWriter();
        List<String> words = new ArrayList<>(List.of(
                "init", "--url", source.jdbcUrl(), "--user", "capturer", "--password-file", password.toString()));
        words.addAll(List.of(options));
        PrintWriter writer = new PrintWriter(out, true);
        assertThat(Sluice.run(writer, writer, words.toArray(String[]::new)))
                .as(out.toString())
                .isEqualTo(code);
        return out.toString();
    }

    private static List<String> ordinary() throws IOException {
        try (InputStream in = PipelineDraftIT.class.getResourceAsStream("ordinary.sql")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("\n\n", -1))
                    .filter(s -> !s.startsWith("-- Tables"))
                    .toList();
        }
    }

    private static void run(List<String> statements) throws SQLException {
        try (Connection connection = source.connect(source.owner());
                Statement statement = connection.createStatement()) {
            for (String sql : new ArrayList<>(statements)) {
                statement.execute(sql);
            }
        }
    }
}
