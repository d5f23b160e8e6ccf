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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic of another name, filled with JSON by somebody else's Kafka Connect, is governed without a registry. */
class JsonTopicIT {

    private static final String TOPIC = "crm.customers_v2";

    @TempDir
    private Path folder;

    private Path home;

    @Test
    void governsWhatHasASchemaAndHoldsTheDatasetOfWhatHasNone()
            throws IOException, InterruptedException, ExecutionException {
        home = folder.resolve("home");
        try (EmbeddedRuntime runtime =
                        EmbeddedRuntime.start(Home.open(folder.resolve("elsewhere")), EnumSet.of(Part.KAFKA));
                ForeignConnect connect = new ForeignConnect(runtime, TOPIC, true)) {
            Path pipeline = pipeline(runtime);
            fill(connect);
            assertThat(once(pipeline)).isZero();

            assertThat(cities(1)).containsExactly("Porto", "Faro");
            assertThat(cities(4)).containsExactly("Beja");
            assertThat(cities(5)).containsExactly("Beja");
            JsonNode row = Cli.json("table", "history", "customers", "--key", 1, "--home", home)
                    .get(0);
            assertThat(row.at("/created_at").asText()).startsWith("2026-11-01T08:00:00");
            assertThat(row.at("/email").asText()).isNotEmpty().doesNotContain("@");
            assertThat(CanaryScan.of(home).findings()).isEmpty();

            connect.committed(() -> {
                connect.bare(1);
                connect.bare(3);
                connect.bare(4);
            });
            assertThat(once(pipeline)).isEqualTo(6);

            assertThat(Cli.run("status", "--home", home, "-o", "json").out())
                    .contains("SNK-021", "JSON_WITHOUT_SCHEMA", TOPIC);
            assertThat(Cli.json("dlq", "list", "--home", home)).isEmpty();
            assertThat(cities(1)).containsExactly("Porto", "Faro");
        }
    }

    private static void fill(ForeignConnect connect) {
        GenericData.Record ana = connect.customer(1, "Porto", "cnry00000001");
        GenericData.Record bea = connect.customer(4, "Beja", "cnry00000004");
        connect.committed(() -> {
            connect.read(ana, "first");
            connect.read(bea, "last");
        });
        connect.committed(() -> {
            connect.update(ana, connect.customer(1, "Faro", "cnry00000001"));
            connect.rekey(bea, connect.customer(5, "Beja", "cnry00000004"));
        });
    }

    private int once(Path pipeline) {
        return Cli.run("run", "-f", pipeline, "--once", "--limit", "60", "--home", home)
                .code();
    }

    private Path pipeline(EmbeddedRuntime runtime) throws IOException {
        return Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                apiVersion: sluice/v1
                name: shop
                source:
                  type: topics
                  format: json
                  tables: [public.customers]
                  topics:
                    public.customers: %s
                transport:
                  bootstrap: %s
                policy:
                  dir: %s
                  consumer: lake-analytics
                run:
                  trigger: 100ms
                """
                        .formatted(TOPIC, runtime.kafkaBootstrap(), DemoHome.samplePolicy()));
    }

    private List<String> cities(long id) {
        List<String> cities = new ArrayList<>();
        Cli.json("table", "history", "customers", "--key", id, "--home", home)
                .forEach(version -> cities.add(version.at("/city").asText()));
        return cities;
    }
}
