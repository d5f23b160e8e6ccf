package dev.sluice.deploy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.DeployException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EndingTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Ending ending = new Ending(told::add);

    @Test
    void theFirstEndWins() {
        assertThat(ending.stop(130)).isTrue();
        assertThat(ending.stop(0)).isFalse();
        ending.fail(new IllegalStateException("late"));

        assertThat(ending.await()).isEqualTo(130);
    }

    @Test
    void aFailedPartEndsTheRunWithItsOwnException() {
        CompletableFuture<Void> part = new CompletableFuture<>();
        ending.watch(part.thenRun(() -> {}));
        part.completeExceptionally(new DeployException("DEP-999", "Broken."));

        assertThatThrownBy(ending::await).isInstanceOf(DeployException.class).hasMessage("DEP-999 Broken.");
        assertThatThrownBy(() -> ending.until(() -> false, Ending.Wait.of("nothing", Duration.ofSeconds(20))))
                .hasMessage("DEP-999 Broken.");
    }

    @Test
    void aPartThatCompletesChangesNothing() {
        ending.watch(CompletableFuture.completedFuture(1));

        assertThat(ending.stop(0)).as("the end is still to come").isTrue();
    }

    @Test
    void aWaitEndsWithTheSignal() {
        ending.stop(0);

        assertThatThrownBy(() -> ending.until(() -> false, Ending.Wait.of("a thing", Duration.ofSeconds(20))))
                .isInstanceOfSatisfying(Ending.StopRequested.class, stopped -> assertThat(stopped.exitCode())
                        .isZero());
    }

    @Test
    void aWaitEndsAtItsLimitAndSaysWhatForAndWhy() {
        Ending.Wait wait = new Ending.Wait(
                "the table is not read", Duration.ZERO, () -> Optional.of("Cause: CDC-011 The database is away."));

        assertThatThrownBy(() -> ending.until(() -> false, wait))
                .hasMessageStartingWith("DEP-303")
                .hasMessageContaining("the table is not read. Cause: CDC-011 The database is away.");
    }

    @Test
    void aLongWaitIsTold() {
        AtomicBoolean done = new AtomicBoolean();
        Ending telling = new Ending(line -> {
            told.add(line);
            done.set(true);
        });

        telling.until(done::get, Ending.Wait.of("capture has not opened its slot", Duration.ofSeconds(20)));

        assertThat(told)
                .singleElement()
                .asString()
                .matches("Still waiting after 1\\d s: capture has not opened its slot\\.");
    }

    @Test
    void workIsInterruptedByTheEndAndWaitedFor() {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CompletableFuture<Void> signal = CompletableFuture.runAsync(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ending.stop(130);
        });

        assertThatThrownBy(() -> ending.interruptibly(() -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                    return 1;
                }))
                .isInstanceOf(Ending.StopRequested.class);
        signal.join();
        assertThat(interrupted).isTrue();
    }

    @Test
    void workAnswersOrThrowsAsWithoutAThread() {
        assertThat(ending.interruptibly(() -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> ending.interruptibly(() -> {
                    throw new DeployException("DEP-999", "Broken.");
                }))
                .isInstanceOf(DeployException.class);
    }
}
