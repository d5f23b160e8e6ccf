package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.demo.shop.LiveShop;
import dev.sluice.deploy.demo.shop.MalformedRecords;
import dev.sluice.deploy.demo.shop.ShopStory;
import dev.sluice.deploy.e2e.GatewayKills.Kill;
import dev.sluice.deploy.e2e.GatewayKills.Kill.Before;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.gateway.Gateway;
import dev.sluice.deploy.gateway.GatewayRun;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.masking.control.ErasureCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A home over a living shop, whose gateway is killed in processes of its own and goes on in this one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KilledGateway {

    private static final int KILLED = 128 + 9;
    private static final long SEED = 41;
    private static final int TRANSACTIONS = 50;
    static final Duration LIMIT = Duration.ofMinutes(2);

    Path folder;
    EmbeddedRuntime runtime;
    Pipeline pipeline;
    Path file;
    Home home;
    final Set<String> erased = new TreeSet<>();
    int malformed;

    @BeforeAll
    void prepareTheShop(@TempDir Path scratch) throws SQLException {
        folder = scratch;
        Home infrastructure = Home.open(folder.resolve("infrastructure"));
        runtime = EmbeddedRuntime.start(infrastructure);
        try (Connection owner = runtime.postgres().connect(runtime.postgres().owner())) {
            new ShopStory(owner, SEED).prepare();
        }
        pipeline = DemoHome.lay(infrastructure, runtime);
        file = infrastructure.root().resolve("pipeline.yaml");
        home = Home.open(folder.resolve("home"));
    }

    @AfterAll
    void stop() {
        if (runtime != null) {
            runtime.close();
        }
    }

    /** Kills one process after the other, starts again without help, and checks the invariants. */
    final void goOnAfter(List<Kill> kills) throws Exception {
        kill(kills);
        if (kills.stream().anyMatch(kill -> !kill.erased().isEmpty())) {
            prepare(Before.LIFE);
        }
        goOn();
    }

    /** Kills one process after the other. Erasures that were filed are worked by one process, the oldest first. */
    final void kill(List<Kill> kills) throws Exception {
        for (Kill kill : kills) {
            prepare(kill.before());
            if (kill.erased().isEmpty()) {
                kill(kill.point(), "run", "-f", file.toString(), "--once");
            } else {
                String reason = "T-" + kill.erased();
                kill(kill.point(), "erasure", "submit", "--subject", "customer:" + kill.erased(), "--reason", reason);
                erased.add(kill.erased());
            }
        }
    }

    /** Starts again without help, and checks the invariants. */
    final void goOn() throws Exception {
        restart();

        Invariants.check(runtime, home, erased, malformed);
    }

    private void prepare(Before before) throws Exception {
        if (before != Before.REST) {
            live(before == Before.LIFE_WITH_NEW_COLUMNS ? Duration.ZERO : Duration.ofDays(1));
        }
        if (before == Before.LIFE_WITH_MALFORMED_RECORDS) {
            String topic = pipeline.tableTopics(home).get(0);
            malformed +=
                    MalformedRecords.inject(runtime.kafkaBootstrap(), topic).size();
        }
    }

    /** Starts again as {@code sluice run --once} does, and waits for erasures that were filed. */
    private void restart() {
        GatewayRun.on(home, new Ending(line -> {}), line -> {}, run -> {
            Gateway gateway = run.open(pipeline, batch -> {});
            gateway.drain(LIMIT);
            await().atMost(LIMIT).until(() -> gateway.erasures().stream()
                    .allMatch(erasure -> erasure.state() == ErasureCase.State.DONE));
            assertThat(gateway.erasures()).hasSize(erased.size());
            return 0;
        });
    }

    /** Lets the shop live for some transactions: every kind, with a truncate, a rollback and a key change. */
    final void live(Duration untilColumns) {
        try (LiveShop shop = LiveShop.start(
                () -> runtime.postgres().connect(runtime.postgres().owner()),
                new LiveShop.Pace(Duration.ofMillis(2), untilColumns))) {
            await().atMost(Duration.ofMinutes(1)).until(() -> shop.played().transactions() >= TRANSACTIONS);
        }
    }

    /** Runs the command in a process of its own that dies at the point. */
    private void kill(String point, String... arguments) throws IOException, InterruptedException {
        List<String> command = Product.command(List.of("-Dsluice.crash.at=" + point), arguments);
        command.addAll(List.of("--home", home.root().toString()));
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(KILLED);
    }
}
