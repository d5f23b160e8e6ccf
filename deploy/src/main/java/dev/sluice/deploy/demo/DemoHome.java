package dev.sluice.deploy.demo;

import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.PostgresAccess;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Lays out what a user would write by hand: a pipeline file and a policy folder, both in the home. */
public final class DemoHome {

    /** Tables of the sample shop that are captured. */
    public static final List<String> TABLES = List.of(
            "public.customers",
            "public.orders",
            "public.order_items",
            "public.support_notes",
            "public.payment_cards",
            "public.scratch_carts");

    private DemoHome() {}

    /** Writes {@code pipeline.yaml}, copies the sample policy unless there is one, and reads the pipeline back. */
    public static Pipeline lay(Home home, EmbeddedRuntime runtime) {
        try {
            copyPolicy(home.root().resolve("policy"));
            Path file = home.root().resolve("pipeline.yaml");
            Files.writeString(file, text(home, runtime));
            return PipelineFile.read(file);
        } catch (IOException e) {
            throw DemoErrors.cannotLay(home.root(), e);
        }
    }

    private static String text(Home home, EmbeddedRuntime runtime) {
        PostgresAccess postgres = runtime.postgres();
        return String.join(
                        "\n",
                        "# Written at every start of the demo: the ports may change.",
                        "apiVersion: sluice/v1",
                        "name: shop",
                        "source:",
                        "  type: postgres",
                        "  url: " + postgres.jdbcUrl(),
                        "  user: " + postgres.capture().user(),
                        "  password: ${file:"
                                + home.root().relativize(postgres.capture().file()) + "}",
                        "  tables: [" + String.join(", ", TABLES) + "]",
                        "transport:",
                        "  bootstrap: " + runtime.kafkaBootstrap(),
                        "  registry: " + runtime.registryUrl(),
                        "# One record of the demo names a schema that nobody has; a real registry deserves a minute.",
                        "registry:",
                        "  unknown-id: 0s",
                        "policy:",
                        "  dir: policy",
                        "  consumer: lake-analytics",
                        "run:",
                        "  trigger: 1s",
                        "  max-records: 20000")
                + "\n";
    }

    /** Copies the sample policy folder, unless there is a folder. */
    static void copyPolicy(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return;
        }
        Path sample = samplePolicy();
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(sample.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** The sample policy folder of this installation. */
    public static Path samplePolicy() {
        Path here = Path.of(System.getProperty("sluice.home.install", "")).toAbsolutePath();
        while (here != null && !Files.isDirectory(here.resolve("policy/sample"))) {
            here = here.getParent();
        }
        if (here == null) {
            throw DemoErrors.noSample();
        }
        return here.resolve("policy/sample");
    }
}
