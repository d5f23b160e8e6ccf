package dev.sluice.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.lifecycle.LifeCycle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLoopTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private final List<LifeCycle> states = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Ending ending = new Ending(line -> {});
    private final AtomicReference<Optional<Outage>> trouble = new AtomicReference<>(Optional.empty());

    @Test
    void pausesWhileAPartIsAwayAndGoesOnByItself() {
        AtomicInteger attempts = new AtomicInteger();
        try (BatchLoop loop = start(Duration.ZERO, () -> {
            if (attempts.incrementAndGet() <= 3) {
                throw GatewayErrors.brokerUnreachable("localhost:1", new TimeoutException("value of a record"));
            }
        })) {
            await().atMost(LIMIT).until(() -> states.size() >= 5);
            assertThat(loop).isNotNull();
        }

        assertThat(states)
                .extracting(LifeCycle::label)
                .startsWith("STREAMING", "PAUSED", "PAUSED", "PAUSED", "STREAMING");
        LifeCycle.Paused first = (LifeCycle.Paused) states.get(1);
        LifeCycle.Paused last = (LifeCycle.Paused) states.get(3);
        assertThat(last.since()).isEqualTo(first.since());
        assertThat(last.reason()).startsWith("DEP-302 The broker at localhost:1 does not answer");
        assertThat(last.next()).isEqualTo("sluice explain DEP-302");
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).contains("tries again until it works: DEP-302").doesNotContain("value");
        assertThat(told.get(1)).startsWith("Going on after a pause of");
    }

    @Test
    void saysNothingOnTheTerminalAboutAShortPause() {
        AtomicInteger attempts = new AtomicInteger();
        try (BatchLoop loop = start(Duration.ofHours(1), () -> {
            if (attempts.incrementAndGet() == 1) {
                throw new TimeoutException();
            }
        })) {
            await().atMost(LIMIT).until(() -> states.size() >= 3);
            assertThat(loop).isNotNull();
        }

        assertThat(states).extracting(LifeCycle::label).containsExactly("STREAMING", "PAUSED", "STREAMING");
        assertThat(told).isEmpty();
    }

    @Test
    void showsTheTroubleOfCaptureWhileBatchesGoOn() {
        AtomicInteger attempts = new AtomicInteger();
        trouble.set(Optional.of(new Outage("CDC-001", "CDC-001 The source database does not answer.")));
        try (BatchLoop loop = start(Duration.ofHours(1), attempts::incrementAndGet)) {
            await().atMost(LIMIT).until(() -> states.size() >= 3);
            trouble.set(Optional.empty());
            await().atMost(LIMIT).until(() -> states.get(states.size() - 1) instanceof LifeCycle.Streaming);
            assertThat(loop).isNotNull();
        }

        assertThat(attempts.get()).isGreaterThanOrEqualTo(3);
        assertThat(states.get(1)).isInstanceOfSatisfying(LifeCycle.Paused.class, paused -> assertThat(paused.code())
                .isEqualTo("CDC-001"));
    }

    /** A batch whose broker is away waits for long before it fails. */
    @Test
    void showsTheTroubleOfCaptureAndABatchThatTakesLongWhileTheBatchWaits() {
        CountDownLatch finish = new CountDownLatch(1);
        try (BatchLoop loop = start(Duration.ZERO, () -> {
            await().atMost(LIMIT).until(() -> finish.await(1, TimeUnit.MILLISECONDS));
        })) {
            await().atMost(LIMIT).until(() -> told.stream().anyMatch(line -> line.contains("the batch at hand")));
            trouble.set(Optional.of(new Outage("CDC-001", "CDC-001 The source database does not answer.")));
            await().atMost(LIMIT).until(() -> states.size() >= 2);
            assertThat(states.get(1)).isInstanceOf(LifeCycle.Paused.class);
            await().atMost(LIMIT).until(() -> told.stream().anyMatch(line -> line.contains("CDC-001")));
            finish.countDown();
            assertThat(loop).isNotNull();
        }
    }

    /** Kafka's own failures name no part and no code. */
    @Test
    void namesTheBrokerWhenABatchLosesIt() {
        assertThat(Outage.of(new IllegalStateException(new TimeoutException("value of a record")), home))
                .hasValueSatisfying(outage -> {
                    assertThat(outage.code()).isEqualTo("DEP-302");
                    assertThat(outage.reason())
                            .contains("The broker did not answer")
                            .doesNotContain("value");
                });
    }

    @Test
    void endsTheGatewayOnAFailureThatDoesNotPass() {
        DeployException failure = GatewayErrors.topicsMissing(List.of("t"), "b");
        try (BatchLoop loop = start(Duration.ZERO, () -> {
            throw failure;
        })) {
            assertThatThrownBy(ending::await).isSameAs(failure);
            assertThat(loop).isNotNull();
        }
        assertThat(states).extracting(LifeCycle::label).containsExactly("STREAMING");
    }

    @Test
    void closingWaitsForTheBatchAtHandAndForNoPause() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        BatchLoop loop = start(Duration.ZERO, () -> {
            begun.countDown();
            await().atMost(LIMIT).until(() -> finish.await(1, TimeUnit.MILLISECONDS));
            finished.set(true);
            throw new TimeoutException();
        });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(loop::close);
        closing.start();
        await().atMost(LIMIT).until(() -> closing.getState() == Thread.State.WAITING);
        assertThat(finished).isFalse();

        finish.countDown();
        closing.join(Duration.ofSeconds(20).toMillis());

        assertThat(closing.isAlive()).isFalse();
        assertThat(finished).isTrue();
    }

    private BatchLoop start(Duration tellAfter, Runnable batch) {
        BatchLoop.Pacing pacing = new BatchLoop.Pacing(home, Duration.ofMillis(5), tellAfter, trouble::get);
        return BatchLoop.start(batch, pacing, new BatchLoop.Listeners(b -> {}, states::add, told::add), ending);
    }
}
