package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline: what is captured, how it travels, who decides, where it lands.
 *
 * @param name name of the pipeline and prefix of its raw topics
 * @param source where changes come from
 * @param transport broker and registry
 * @param policy who decides
 * @param run how batches are made
 */
public record Pipeline(String name, Source source, Transport transport, Policy policy, Run run) {

    /**
     * Where changes come from.
     *
     * @param database the database to capture, null when somebody else fills the raw topics
     * @param tables captured tables as {@code schema.table}
     */
    public record Source(@Nullable Database database, List<String> tables) {
        public Source {
            tables = List.copyOf(tables);
        }

        /** The database to capture; empty when somebody else fills the raw topics. */
        public Optional<Database> capture() {
            return Optional.ofNullable(database);
        }
    }

    /**
     * A captured PostgreSQL database.
     *
     * @param server where it is and who asks
     * @param slot replication slot
     * @param publication publication of the tables
     */
    public record Database(PostgresDatabase server, String slot, String publication) {}

    /**
     * How raw records travel.
     *
     * @param bootstrap Kafka bootstrap servers
     * @param registry base address of the Confluent REST API of the schema registry
     */
    public record Transport(String bootstrap, URI registry) {}

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
     */
    public record Run(Duration trigger, long maxRecords, String prefix) {}

    /** The raw topics that carry rows, in the order of the tables. */
    public List<String> tableTopics() {
        return source.tables().stream().map(t -> name + "." + t).toList();
    }

    /** The topic that carries transaction boundaries. */
    public String transactionTopic() {
        return name + ".transaction";
    }
}
