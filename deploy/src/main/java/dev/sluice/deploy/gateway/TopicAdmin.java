package dev.sluice.deploy.gateway;

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
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker for the raw topics of a pipeline and their offsets. Safe for use by many threads. */
final class TopicAdmin implements AutoCloseable {

    private static final int SECONDS = 20;

    private final String bootstrap;
    private final Admin admin;

    TopicAdmin(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, SECONDS * 1000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, SECONDS * 1000));
    }

    /** The names of all topics of the broker. */
    Set<String> existing() {
        return await(admin.listTopics().names());
    }

    /** Refuses with {@code DEP-301} while one of the topics is missing. */
    void require(List<String> topics) {
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

    /** The identity of the broker's cluster. */
    String clusterId() {
        return await(admin.describeCluster().clusterId());
    }

    @Override
    public void close() {
        admin.close();
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw GatewayErrors.brokerUnreachable(bootstrap, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GatewayErrors.brokerUnreachable(bootstrap, e);
        }
    }
}
