package dev.sluice.deploy.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker for the raw topics of a pipeline and their offsets. Safe for use by many threads. */
public final class TopicAdmin implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String bootstrap;
    private final Duration patience;
    private final Admin admin;

    TopicAdmin(String bootstrap) {
        this(bootstrap, PATIENCE);
    }

    /**
     * Asks the broker at these addresses.
     *
     * @param patience longest time for one answer
     * @throws dev.sluice.deploy.DeployException {@code DEP-302} when none of the hosts has an address; so does every
     *     question when the broker does not answer in time
     */
    public TopicAdmin(String bootstrap, Duration patience) {
        this.bootstrap = bootstrap;
        this.patience = patience;
        int millis = (int) patience.toMillis();
        try {
            this.admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis));
        } catch (KafkaException noAddress) {
            throw GatewayErrors.brokerUnreachable(bootstrap, noAddress);
        }
    }

    /** The names of all topics of the broker. */
    public Set<String> existing() {
        return await(admin.listTopics().names());
    }

    /** Refuses with {@code DEP-301} while one of the topics is missing. */
    public void require(List<String> topics) {
        List<String> missing = new ArrayList<>(topics);
        missing.removeAll(existing());
        if (!missing.isEmpty()) {
            throw GatewayErrors.topicsMissing(missing, bootstrap);
        }
    }

    /** Offset after the last record that is committed, of every partition, by {@code topic/partition}. */
    Map<String, Long> ends(List<String> topics) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicDescription topic :
                await(admin.describeTopics(topics).allTopicNames()).values()) {
            topic.partitions()
                    .forEach(p -> asked.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
        }
        Map<String, Long> ends = new HashMap<>();
        await(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, end) -> ends.put(partition.topic() + "/" + partition.partition(), end.offset()));
        return ends;
    }

    /** The identity, for the owner file of a home, of a source that consists of topics: the id of the cluster. */
    public String identity() {
        return "topics " + await(admin.describeCluster().clusterId());
    }

    @Override
    public void close() {
        admin.close();
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw GatewayErrors.brokerUnreachable(bootstrap, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GatewayErrors.brokerUnreachable(bootstrap, e);
        }
    }
}
