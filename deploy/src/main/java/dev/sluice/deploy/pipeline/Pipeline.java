package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.access.BrokerAccess;
import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.access.RegistryAccess;
import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.CaptureConfig.TopicSettings;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.decode.avro.ColumnNames;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.home.Home;
import dev.sluice.sinks.Lake;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Describes a pipeline: what is captured, how it travels, who decides, where it lands.
 *
 * @param name name of the pipeline and prefix of its raw topics
 * @param source where changes come from
 * @param transport broker and registry
 * @param policy who decides
 * @param run how batches are made
 */
public record Pipeline(String name, PipelineSource source, Transport transport, Policy policy, Run run) {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /**
     * Where changes come from.
     *
     * @param database the database to capture, null when a Kafka Connect of others fills the raw topics
     * @param named the tables
     * @param reading how raw records are read
     */
    public record PipelineSource(@Nullable Database database, NamedTables named, RawReading reading) {

        /** The tables that are named exactly, as {@code schema.table}. */
        public List<String> tables() {
            return named.selection().exact().stream().map(TableName::toString).toList();
        }

        /** The database to capture; empty when a Kafka Connect of others fills the raw topics. */
        public Optional<Database> capture() {
            return Optional.ofNullable(database);
        }
    }

    /**
     * Which tables are captured.
     *
     * @param selection names the tables
     * @param places where the file names them, by entry
     */
    public record NamedTables(TableSelection selection, Map<String, Finding.Place> places) {
        public NamedTables {
            places = Map.copyOf(places);
        }

        /** Whether that table is captured. */
        public boolean names(TableName table) {
            return selection.names(table);
        }

        /** These findings; one about an entry has the place of the entry in the file. */
        public List<Finding> placed(List<Finding> findings) {
            return findings.stream()
                    .map(one -> new Finding(
                            one.level(),
                            one.code(),
                            places.getOrDefault(one.place().name(), one.place()),
                            one.what(),
                            one.fix()))
                    .toList();
        }
    }

    /**
     * How raw records are read.
     *
     * @param unknownId how long a dataset waits for a schema that the registry does not have
     * @param wire the format of the records
     * @param names how fields spell the names of columns
     * @param topics topics by {@code schema.table}, for tables whose topic is not named after the table
     * @param zeroDates whether dates of MySQL may be zero dates
     */
    public record RawReading(
            Duration unknownId,
            DecodeSettings.Wire wire,
            ColumnNames names,
            Map<String, String> topics,
            boolean zeroDates) {
        public RawReading {
            topics = Map.copyOf(topics);
        }

        /** How the decoder is told. */
        public DecodeSettings.TopicForm form() {
            Map<String, String> tables = new TreeMap<>();
            topics.forEach((table, topic) -> tables.put(topic, table));
            return new DecodeSettings.TopicForm(wire, names, tables, zeroDates);
        }
    }

    /**
     * A captured PostgreSQL database.
     *
     * @param server where it is and who asks
     * @param slot replication slot
     * @param publication publication of the tables
     * @param warnAt bytes of log that the server keeps for the slot, from which on a person is warned
     */
    public record Database(PostgresDatabase server, String slot, String publication, long warnAt) {}

    /**
     * How raw records travel.
     *
     * @param bootstrap Kafka bootstrap servers
     * @param broker how clients of the broker connect
     * @param registry base address of the Confluent REST API of the schema registry
     * @param login how clients of the registry connect
     * @param topics how raw topics of this pipeline's own capture are made
     */
    public record Transport(
            String bootstrap, BrokerAccess broker, URI registry, RegistryAccess login, TopicSettings topics) {

        /** Broker and registry without login or encryption. */
        public Transport(String bootstrap, URI registry) {
            this(bootstrap, BrokerAccess.OPEN, registry, RegistryAccess.OPEN, TopicSettings.STANDARD);
        }

        /**
         * Broker and registry are parts of the home; their addresses are known when they have started. Until then the
         * address of the registry is one that never has a host (RFC 2606).
         */
        public static final Transport EMBEDDED = new Transport("embedded", URI.create("http://embedded.invalid"));

        /** Stands for no registry: records carry their schemas. The name never has a host (RFC 2606). */
        static final URI NO_REGISTRY = URI.create("http://none.invalid");

        /** Whether schemas are in a registry. */
        public boolean hasRegistry() {
            return !registry.equals(NO_REGISTRY);
        }

        /** The address and the access of the broker, by the names that Kafka clients use; holds no secret. */
        public Map<String, String> client() {
            Map<String, String> client = new TreeMap<>(broker.clientSettings());
            client.put("bootstrap.servers", bootstrap);
            return client;
        }

        /** Whether records travel over a network without encryption. */
        public boolean isInClear() {
            return !broker.encrypted()
                    && Arrays.stream(bootstrap.split(",", -1))
                            .map(server -> server.strip().replaceFirst(":\\d+$", ""))
                            .anyMatch(host -> !DatabaseTls.isLoopback(host));
        }

        /** Whether broker and registry are parts of the home. */
        public boolean isEmbedded() {
            return equals(EMBEDDED);
        }
    }

    /**
     * Who decides.
     *
     * @param folder the policy folder
     * @param consumer the consumer of {@code consumers/data.yaml} for whom this pipeline writes
     * @param server address of an OPA server, null for the embedded engine
     */
    public record Policy(Path folder, String consumer, @Nullable URI server) {}

    /**
     * How batches are made.
     *
     * @param trigger shortest time between two batches
     * @param maxRecords most records in one batch
     * @param prefix text put before the technical columns of governed tables
     * @param deadLetterPercent a dataset of which more than this share of a batch would be dead letters is held; 100
     *     for never
     */
    public record Run(Duration trigger, long maxRecords, String prefix, int deadLetterPercent) {}

    /** The same pipeline over a transport whose addresses are known. */
    public Pipeline over(Transport known) {
        return new Pipeline(name, source, known, policy, run);
    }

    /** The folder in which capture keeps its offsets and the fingerprint of the source. */
    public static Path captureState(Home home) {
        return home.work().resolve("capture");
    }

    /** Where schemas are, with a folder in the home that keeps known ones. */
    public RegistrySettings registry(Home home) {
        return RegistrySettings.at(transport.registry())
                .withAccess(transport.login())
                .withCacheFolder(home.work().resolve("schemas").toFile());
    }

    /** The settings of the capture of that database. */
    public CaptureConfig capture(Database database, Home home) {
        return new CaptureConfig(
                new CaptureConfig.CapturedSource(
                        name, database.server(), source.named().selection()),
                new CaptureConfig.Replication(database.slot(), database.publication(), HEARTBEAT, database.warnAt()),
                new CaptureConfig.RawTransport(
                        transport.bootstrap(),
                        registry(home),
                        transport.topics(),
                        transport.broker().clientSettings()),
                CaptureConfig.Retry.standard(),
                captureState(home));
    }

    /** Where the governed tables are. */
    public Lake lake(Home home) {
        return new Lake(home.lake().toString(), policy.consumer(), run.prefix());
    }

    /**
     * The tables of the pipeline: those that it names exactly, and those that its patterns name among the tables of
     * which the capture of that home has a snapshot.
     */
    public List<String> tables(Home home) {
        List<TableName> known = source.capture()
                .flatMap(database -> StateFolder.known(captureState(home)))
                .map(state -> state.publication().tables().keySet().stream()
                        .map(TableName::parse)
                        .toList())
                .orElse(List.of());
        return source.named().selection().among(known).stream()
                .map(TableName::toString)
                .toList();
    }

    /** The raw topics that carry rows of {@link #tables}, in the order of the tables. */
    public List<String> tableTopics(Home home) {
        return tables(home).stream().map(this::topic).toList();
    }

    /** The raw topic of each dataset whose topic has another name than the dataset. */
    public Map<String, String> routes() {
        Map<String, String> routes = new TreeMap<>();
        source.reading().topics().forEach((table, topic) -> routes.put(name + "." + table, topic));
        return routes;
    }

    private String topic(String table) {
        return source.reading().topics().getOrDefault(table, name + "." + table);
    }

    /** The topic that carries transaction boundaries. */
    public String transactionTopic() {
        return name + ".transaction";
    }
}
