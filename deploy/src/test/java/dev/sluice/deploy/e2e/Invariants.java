package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.verify.Verification;
import dev.sluice.deploy.ask.Totals;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.truth.Comparison;
import dev.sluice.deploy.truth.Truth;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.query.GovernedTables;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What must hold of a home at rest after everything was governed, whatever happened on the way. */
final class Invariants {

    private Invariants() {}

    /**
     * Checks all of them.
     *
     * @param runtime source and broker of the pipeline
     * @param home home of the gateway
     * @param erased customers that were erased
     * @param malformed records that must be dead letters
     */
    static void check(EmbeddedRuntime runtime, Home home, Set<String> erased, int malformed)
            throws IOException, SQLException, ExecutionException, InterruptedException {
        historyIsRight(runtime, home, erased);
        everyRecordIsAccountedFor(runtime, home, malformed);
        assertThat(CanaryScan.of(home.root()).findings()).as("clear values").isEmpty();
        Verification verification = new HomeLedger(home).verify();
        assertThat(verification.ok()).as(verification.toString()).isTrue();
    }

    /** Nothing lost, nothing twice, in order: the versions are those of the second reader. */
    private static void historyIsRight(EmbeddedRuntime runtime, Home home, Set<String> erased)
            throws IOException, SQLException {
        Comparison comparison = Comparison.of(Truth.read(runtime.postgres()), home.lake());
        assertThat(comparison.stored()).containsExactlyElementsOf(comparison.expected(erased));
        assertThat(comparison.faults()).isEmpty();
    }

    private static void everyRecordIsAccountedFor(EmbeddedRuntime runtime, Home home, int malformed)
            throws ExecutionException, InterruptedException {
        Counts counts = Totals.of(new HomeLedger(home).read()).counts();
        assertThat(counts.in())
                .isEqualTo(records(runtime.kafkaBootstrap()))
                .isEqualTo(counts.applied()
                        + counts.duplicate()
                        + counts.filtered()
                        + counts.suppressed()
                        + counts.deadLettered()
                        + counts.parked());
        assertThat(counts.deadLettered()).isEqualTo(malformed);
        assertThat(new GovernedTables(home.lake().toString(), new Configuration()).deadLetters())
                .hasSize(malformed);
    }

    /** Records that the raw topics of the shop hold. */
    private static long records(String bootstrap) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            Set<String> topics = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith("shop."))
                    .collect(Collectors.toSet());
            Set<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic ->
                            topic.partitions().stream().map(p -> new TopicPartition(topic.name(), p.partition())))
                    .collect(Collectors.toSet());
            return sum(admin, partitions, OffsetSpec.latest()) - sum(admin, partitions, OffsetSpec.earliest());
        }
    }

    private static long sum(Admin admin, Set<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new TreeMap<>(java.util.Comparator.comparing(TopicPartition::toString));
        asked.putAll(partitions.stream().collect(Collectors.toMap(Function.identity(), p -> spec)));
        return admin.listOffsets(asked).all().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }
}
