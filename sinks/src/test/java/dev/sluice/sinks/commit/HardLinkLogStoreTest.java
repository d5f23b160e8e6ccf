package dev.sluice.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardLinkLogStoreTest {

    private static final int ROUNDS = 200;

    @TempDir
    Path table;

    private static boolean write(Path log, int version, String who) {
        Configuration conf = new Configuration(false);
        var file = new org.apache.hadoop.fs.Path(log.toUri().getPath(), String.format("%020d.json", version));
        try {
            new HardLinkLogStore(conf).write(file, List.of(who, "second line").iterator(), false, conf);
            return true;
        } catch (FileAlreadyExistsException lost) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void letsExactlyOneOfManyThreadsHaveAVersion() throws Exception {
        Path log = table.resolve("_delta_log");
        ExecutorService pool = Executors.newFixedThreadPool(3);
        CyclicBarrier start = new CyclicBarrier(3);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                int version = round;
                List<Future<Boolean>> tries = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    String who = "writer " + i;
                    tries.add(pool.submit(() -> {
                        start.await(60, TimeUnit.SECONDS);
                        return write(log, version, who);
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    if (tries.get(i).get()) {
                        winners.add(i);
                    }
                }
                assertThat(winners).as("round %d", round).hasSize(1);
                assertThat(Files.readAllLines(log.resolve(String.format("%020d.json", version))))
                        .containsExactly("writer " + winners.get(0), "second line");
            }
        } finally {
            pool.shutdownNow();
        }
        try (Stream<Path> files = Files.list(log)) {
            assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void letsExactlyOneOfTwoProcessesHaveAVersion() throws Exception {
        Path log = table.resolve("_delta_log");
        Path go = table.resolve("go");
        List<Process> racers = new ArrayList<>();
        for (String who : List.of("A", "B")) {
            racers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Racer.class.getName(),
                            log.toString(),
                            go.toString(),
                            who)
                    .redirectErrorStream(true)
                    .redirectOutput(table.resolve("won-" + who).toFile())
                    .start());
        }
        Files.createFile(go);
        for (Process racer : racers) {
            assertThat(racer.waitFor(300, TimeUnit.SECONDS)).isTrue();
            assertThat(racer.exitValue()).isZero();
        }

        for (int version = 0; version < ROUNDS; version++) {
            String owner = Files.readAllLines(log.resolve(String.format("%020d.json", version)))
                    .get(0);
            List<String> claims = new ArrayList<>();
            for (String who : List.of("A", "B")) {
                if (Files.readAllLines(table.resolve("won-" + who)).contains("won " + version)) {
                    claims.add(who);
                }
            }
            assertThat(claims).as("version %d", version).containsExactly(owner);
        }
    }

    /** Tries for every version, once another process may do so too. */
    static final class Racer {
        private Racer() {}

        public static void main(String[] args) {
            while (!Files.exists(Path.of(args[1]))) {
                Thread.onSpinWait();
            }
            for (int version = 0; version < ROUNDS; version++) {
                if (write(Path.of(args[0]), version, args[2])) {
                    System.out.println("won " + version);
                }
            }
        }
    }

    @Test
    void replacesAFileOnlyWhenAskedTo() throws Exception {
        Configuration conf = new Configuration(false);
        var file = new org.apache.hadoop.fs.Path(table.toUri().getPath(), "_last_checkpoint");
        HardLinkLogStore store = new HardLinkLogStore(conf);
        store.write(file, List.of("one").iterator(), false, conf);

        assertThatThrownBy(() -> store.write(file, List.of("two").iterator(), false, conf))
                .isInstanceOf(FileAlreadyExistsException.class);
        store.write(file, List.of("three").iterator(), true, conf);

        assertThat(Files.readAllLines(table.resolve("_last_checkpoint"))).containsExactly("three");
    }
}
