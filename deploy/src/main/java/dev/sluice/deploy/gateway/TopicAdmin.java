package dev.sluice.deploy.gateway;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.lifecycle.Failures;
import dev.sluice.deploy.planner.TopicExtent;
import dev.sluice.sinks.SourcePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker for the raw topics of a pipeline and their offsets. Safe for use by many threads. */
public final class TopicAdmin implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String bootstrap;
    private final Duration patience;
    private final Admin admin;

    TopicAdmin(Map<String, String> client) {
        this(client, PATIENCE);
    }

    /**
     * Asks the broker.
     *
     * @param client address and access of the broker, by the names that Kafka clients use
     * @param patience longest time for one answer
     * @throws dev.sluice.deploy.DeployException {@code DEP-302} when none of the hosts has an address; so does every
     *     question when the broker does not answer in time
     */
    public TopicAdmin(Map<String, String> client, Duration patience) {
        this.bootstrap = String.valueOf(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.patience = patience;
        int millis = (int) patience.toMillis();
        try {
            Map<String, Object> settings = new HashMap<>(client);
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
            this.admin = Admin.create(settings);
        } catch (KafkaException noAddress) {
            throw GatewayErrors.brokerUnreachable(bootstrap, noAddress);
        }
    }

    /**
     * Asks the broker, which answers now.
     *
     * @param client address and access of the broker, by the names that Kafka clients use
     * @param ending ends the wait for the broker, and tells when the wait is long
     * @throws dev.sluice.deploy.DeployException {@code DEP-302} when the broker does not answer in time
     */
    static TopicAdmin open(Map<String, String> client, Ending ending) {
        TopicAdmin admin = new TopicAdmin(client);
        CompletableFuture<Set<String>> answer = CompletableFuture.supplyAsync(admin::existing);
        boolean answered = false;
        try {
            String waits = "the broker at " + admin.bootstrap + " has not answered";
            ending.until(answer::isDone, new Ending.Wait(waits, PATIENCE.multipliedBy(2), Optional::empty));
            answer.join();
            answered = true;
            return admin;
        } catch (CompletionException e) {
            throw e.getCause() instanceof DeployException cause ? cause : e;
        } finally {
            if (!answered) {
                admin.close();
            }
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

    /** Deletes the topics, and waits until the broker does not list them any more. */
    public void delete(Collection<String> topics) {
        await(admin.deleteTopics(topics).all());
        long deadline = System.nanoTime() + patience.toNanos();
        while (existing().stream().anyMatch(topics::contains)) {
            if (System.nanoTime() > deadline) {
                throw GatewayErrors.brokerUnreachable(bootstrap, new TimeoutException("Topics are still listed."));
            }
            pause();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GatewayErrors.brokerUnreachable(bootstrap, e);
        }
    }

    /** Which offsets every partition of these topics holds. A topic that the broker does not have is left out. */
    Map<SourcePartition, TopicExtent> extents(Collection<String> topics) {
        Map<TopicPartition, SourcePartition> partitions = partitions(topics);
        Map<TopicPartition, Long> firsts = offsets(partitions.keySet(), OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions.keySet(), OffsetSpec.latest());
        Map<SourcePartition, TopicExtent> extents = new HashMap<>();
        partitions.forEach((partition, source) -> extents.put(
                source, new TopicExtent(firsts.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L))));
        return extents;
    }

    private Map<TopicPartition, SourcePartition> partitions(Collection<String> topics) {
        Map<TopicPartition, SourcePartition> partitions = new HashMap<>();
        admin.describeTopics(topics).topicNameValues().values().forEach(answer -> description(answer)
                .ifPresent(topic -> topic.partitions().forEach(info -> {
                    String id = topic.topicId().toString();
                    partitions.put(
                            new TopicPartition(topic.name(), info.partition()),
                            new SourcePartition(topic.name(), id, info.partition()));
                })));
        return partitions;
    }

    private Optional<TopicDescription> description(KafkaFuture<TopicDescription> answer) {
        try {
            return Optional.of(await(answer));
        } catch (DeployException e) {
            if (Failures.chain(e).stream().anyMatch(UnknownTopicOrPartitionException.class::isInstance)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
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
