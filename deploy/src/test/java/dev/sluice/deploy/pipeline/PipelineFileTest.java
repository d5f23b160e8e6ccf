package dev.sluice.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.capture.CaptureConfig.TopicSettings;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.decode.avro.ColumnNames;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {

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
            transport:
              bootstrap: 127.0.0.1:9092
              registry: http://127.0.0.1:8081/apis/ccompat/v7
            policy:
              dir: policy
              consumer: lake-analytics
            run:
              trigger: 500ms
              max-records: 1000
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void lay() throws IOException {
        for (String name : new String[] {"rules", "taxonomy", "consumers", "treatments"}) {
            Files.createDirectories(folder.resolve("policy").resolve(name));
            Files.copy(
                    DemoHome.samplePolicy().resolve(name).resolve("data.yaml"),
                    folder.resolve("policy").resolve(name).resolve("data.yaml"));
        }
        Files.writeString(folder.resolve("secret"), "hush-hush\n");
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void readsEverySettingAndFillsDefaults() throws IOException {
        Pipeline pipeline = PipelineFile.read(write(GOOD));

        assertThat(pipeline.tableTopics(Home.at(folder)))
                .containsExactly("shop.public.customers", "shop.public.orders");
        Pipeline.Database database = pipeline.source().capture().orElseThrow();
        assertThat(database.server().address()).isEqualTo("127.0.0.1:5433/shop");
        assertThat(database.slot()).isEqualTo("sluice_shop");
        assertThat(database.server().password().reveal()).isEqualTo("hush-hush");
        assertThat(pipeline.run()).isEqualTo(new Pipeline.Run(Duration.ofMillis(500), 1000, "", 50));
        assertThat(pipeline.policy().folder()).isEqualTo(folder.resolve("policy"));
        assertThat(database.warnAt()).isEqualTo(1L << 30);
        assertThat(pipeline.toString()).doesNotContain("hush-hush");
    }

    @Test
    void readsHowLongADatasetWaitsForASchema() throws IOException {
        assertThat(PipelineFile.read(write(GOOD)).source().reading().unknownId())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(PipelineFile.read(write(GOOD + "registry:\n  unknown-id: 5m\n"))
                        .source()
                        .reading()
                        .unknownId())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(PipelineFile.read(write(GOOD + "registry:\n  unknown-id: 0s\n"))
                        .source()
                        .reading()
                        .unknownId())
                .isZero();
        assertThatThrownBy(() -> PipelineFile.read(write(GOOD + "registry:\n  unknown-id: soon\n")))
                .hasMessageContaining("registry.unknown-id");
    }

    @Test
    void readsTheFormatOfForeignTopicsAndNeedsNoRegistryForJson() throws IOException {
        String foreign = GOOD.replaceAll("(?m)^  (url|user|password):.*\n", "")
                .replace("type: postgres", "type: topics\n  format: json")
                .replaceAll("(?m)^  registry:.*\n", "");

        Pipeline pipeline = PipelineFile.read(write(foreign));

        assertThat(pipeline.source().reading().wire()).isEqualTo(DecodeSettings.Wire.JSON);
        assertThat(pipeline.transport().hasRegistry()).isFalse();
        assertThatThrownBy(() -> PipelineFile.read(write(foreign.replace("json", "protobuf"))))
                .hasMessageContaining("source.format");
        assertThatThrownBy(() ->
                        PipelineFile.read(write(GOOD.replace("type: postgres", "type: postgres\n  format: json"))))
                .hasMessageContaining("capture writes Avro");
    }

    @Test
    void patternsAndExclusionsNameTablesThatAreNotKnownYet() throws IOException {
        Pipeline pipeline = PipelineFile.read(write(GOOD.replace(
                "[public.customers, public.orders]",
                "\n    - public.customers\n    - public.order_*\n    - !public.*_archive\n    - '!public.*_old'")));

        TableSelection selection = pipeline.source().named().selection();
        assertThat(pipeline.tableTopics(Home.at(folder))).containsExactly("shop.public.customers");
        assertThat(selection.names(TableName.parse("public.order_items"))).isTrue();
        assertThat(selection.names(TableName.parse("public.order_archive"))).isFalse();
        assertThat(selection.names(TableName.parse("public.order_old"))).isFalse();
        Finding idle = Finding.warn("CDC-223", Finding.Place.of("public.order_*"), "", "");
        assertThat(pipeline.source()
                        .named()
                        .placed(List.of(idle))
                        .get(0)
                        .place()
                        .toString())
                .endsWith("pipeline.yaml:10");
    }

    @Test
    void patternsNeedACatalog() {
        String foreign =
                GOOD.replaceAll("(?m)^  (url|user|password):.*\n", "").replace("type: postgres", "type: topics");

        assertThatThrownBy(() -> PipelineFile.read(write(foreign.replace("public.orders]", "public.order_*]"))))
                .hasMessageContaining("no catalog to look into");
    }

    @Test
    void readsTheNamesOfForeignTopicsAndFields() throws IOException {
        String foreign = GOOD.replaceAll("(?m)^  (url|user|password):.*\n", "")
                .replace(
                        "type: postgres",
                        "type: topics\n  field-names: avro_unicode\n  zero-dates: none\n  topics:\n    public.orders: crm.orders");

        Pipeline pipeline = PipelineFile.read(write(foreign));

        assertThat(pipeline.tableTopics(Home.at(folder))).containsExactly("shop.public.customers", "crm.orders");
        assertThat(pipeline.routes()).containsExactly(Map.entry("shop.public.orders", "crm.orders"));
        assertThat(pipeline.source().reading().form())
                .isEqualTo(new DecodeSettings.TopicForm(
                        DecodeSettings.Wire.AVRO,
                        ColumnNames.AVRO_UNICODE,
                        Map.of("crm.orders", "public.orders"),
                        false));
        assertThatThrownBy(() -> PipelineFile.read(write(foreign.replace("public.orders: crm", "public.order: crm"))))
                .hasMessageContaining("did you mean public.orders?");
        assertThatThrownBy(() -> PipelineFile.read(write(
                        foreign.replace("public.orders: crm.orders", "public.orders: x\n    public.customers: x"))))
                .hasMessageContaining("a topic must carry one table");
        assertThatThrownBy(() -> PipelineFile.read(
                        write(GOOD.replace("type: postgres", "type: postgres\n  topics:\n    public.orders: x"))))
                .hasMessageContaining("source.topics");
    }

    @Test
    void verifiesEveryServerBesideThisMachine() throws IOException {
        assertThat(tls(GOOD)).isEqualTo(DatabaseTls.of(DatabaseTls.Mode.PREFER));
        assertThat(tls(GOOD.replace("127.0.0.1:5433", "db.example")))
                .isEqualTo(DatabaseTls.of(DatabaseTls.Mode.VERIFY_FULL));
        assertThat(tls(GOOD.replace("  user: sluice", "  tls:\n    mode: require\n  user: sluice")))
                .isEqualTo(DatabaseTls.of(DatabaseTls.Mode.REQUIRE));
    }

    @Test
    void reportsFaultsOfTlsWithTheirLines() throws IOException {
        String faulty =
                """
                  tls:
                    mode: verify
                    root-certificate: secret
                    certificate: nowhere.pem
                    key: open
                    password: x
                  user: sluice
                """;
        Files.writeString(folder.resolve("open"), "key");

        assertThatThrownBy(() -> PipelineFile.read(write(GOOD.replace("  user: sluice\n", faulty))))
                .hasMessageContaining("pipeline.yaml:7: source.tls.mode: must be one of disable, prefer, require,")
                .hasMessageContaining("pipeline.yaml:8: source.tls.root-certificate: must be a PEM file")
                .hasMessageContaining("pipeline.yaml:9: source.tls.certificate: must be a PEM file")
                .hasMessageContaining("pipeline.yaml:10: source.tls.key: must be a file with a private key")
                .hasMessageContaining("pipeline.yaml:11: source.tls.password: is not a setting");
    }

    @Test
    void readsSecurityOfTheTransportWithoutASecret() throws IOException {
        String secured =
                """
                transport:
                  bootstrap: broker.example:9093
                  security:
                    protocol: sasl_ssl
                    mechanism: scram-sha-512
                    user: sluice
                    password: ${file:secret}
                  registry:
                    url: https://registry.example
                    token: ${file:secret}
                  topics:
                    replicas: 3
                    retention: 2d
                    max-record: 8MB
                policy:
                """;

        Pipeline pipeline = PipelineFile.read(write(withTransport(secured)));

        assertThat(pipeline.transport().client())
                .containsEntry("bootstrap.servers", "broker.example:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
        assertThat(pipeline.transport().topics()).isEqualTo(new TopicSettings(Duration.ofDays(2), 3, 8 << 20));
        assertThat(pipeline.transport().login().authorization()).contains("Bearer hush-hush");
        assertThat(pipeline.toString() + pipeline.transport().client()).doesNotContain("hush-hush");
    }

    @Test
    void reportsFaultsOfTheTransportWithTheirLines() throws IOException {
        String faulty =
                """
                transport:
                  bootstrap: broker.example:9093
                  security:
                    protocol: TLS
                    identity: secret
                    user: sluice
                  registry:
                    user: sluice
                    token: hush
                    root-certificate: nowhere.pem
                  topics:
                    replicas: 0
                    retention: 1s
                    max-record: 1GB
                    partitions: 3
                policy:
                """;

        assertThatThrownBy(() -> PipelineFile.read(write(withTransport(faulty))))
                .hasMessageContaining("pipeline.yaml:12: transport.security.protocol: must be one of")
                .hasMessageContaining("pipeline.yaml:12: transport.security.protocol: has no login")
                .hasMessageContaining("pipeline.yaml:13: transport.security.identity: must be")
                .hasMessageContaining("pipeline.yaml:16: transport.registry.url: is missing")
                .hasMessageContaining("pipeline.yaml:17: transport.registry.token: must be ${file:path}")
                .hasMessageContaining("pipeline.yaml:17: transport.registry.token: is another login")
                .hasMessageContaining("pipeline.yaml:18: transport.registry.root-certificate: must be")
                .hasMessageContaining("pipeline.yaml:20: transport.topics.replicas: must be")
                .hasMessageContaining("pipeline.yaml:21: transport.topics.retention: must be")
                .hasMessageContaining("pipeline.yaml:22: transport.topics.max-record: must be")
                .hasMessageContaining("pipeline.yaml:23: transport.topics.partitions: is not a setting");
    }

    @Test
    void knowsWhenClearDataTravelsOverANetwork() throws IOException {
        assertThat(PipelineFile.read(write(GOOD)).transport().isInClear()).isFalse();
        assertThat(PipelineFile.read(write(GOOD.replace("bootstrap: 127.0.0.1:9092", "bootstrap: localhost:1,k:9092")))
                        .transport()
                        .isInClear())
                .isTrue();
    }

    private static String withTransport(String section) {
        return GOOD.substring(0, GOOD.indexOf("transport:"))
                + section
                + GOOD.substring(GOOD.indexOf("policy:\n") + "policy:\n".length());
    }

    private DatabaseTls tls(String text) throws IOException {
        return PipelineFile.read(write(text))
                .source()
                .capture()
                .orElseThrow()
                .server()
                .tls();
    }

    @Test
    void readsForeignTopicsWithoutADatabase() throws IOException {
        String foreign =
                GOOD.replaceAll("(?m)^  (url|user|password):.*\n", "").replace("type: postgres", "type: topics");

        assertThat(PipelineFile.read(write(foreign)).source().capture()).isEmpty();
    }

    @Test
    void reportsAllFaultsAtOnceWithTheirLines() throws IOException {
        Path file = write(GOOD.replace("type: postgres", "type: oracle")
                .replace("trigger: 500ms", "triger: 500ms")
                .replace("max-records: 1000", "max-records: -4")
                .replace("dir: policy", "dir: nowhere"));

        assertThatThrownBy(() -> PipelineFile.read(file))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("DEP-201")
                .hasMessageContaining("pipeline.yaml:4: source.type")
                .hasMessageContaining("pipeline.yaml:16: run.triger: is not a setting; did you mean trigger?")
                .hasMessageContaining("pipeline.yaml:17: run.max-records")
                .hasMessageContaining("pipeline.yaml:13: policy.dir: is not a folder");
    }

    @Test
    void refusesASecretWrittenIntoTheFileWithoutRepeatingIt() throws IOException {
        Path file = write(GOOD.replace("${file:secret}", "pa55w0rd"));

        assertThatThrownBy(() -> PipelineFile.read(file))
                .hasMessageContaining("a secret is never written into the pipeline file")
                .hasMessageNotContaining("pa55w0rd");
    }

    @Test
    void refusesASecretFileThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> PipelineFile.read(write(GOOD))).hasMessageContaining("chmod 600");
    }

    @Test
    void refusesDuplicateKeysBrokenYamlAndMissingFiles() throws IOException {
        assertThatThrownBy(() -> PipelineFile.read(write(GOOD + "name: other\n")))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> PipelineFile.read(write("a: [b\n"))).hasMessageContaining("is not YAML");
        assertThatThrownBy(() -> PipelineFile.read(folder.resolve("none.yaml"))).hasMessageContaining("cannot be read");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), text);
    }
}
