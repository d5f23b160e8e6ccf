package dev.sluice.deploy.embedded;

import dev.sluice.deploy.embedded.process.Child;
import dev.sluice.deploy.embedded.process.Leash;
import dev.sluice.deploy.embedded.process.Ports;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A single-node KRaft broker as a child JVM: loopback only, topics are never created by asking for them, and a record
 * is acknowledged only when it is flushed to disk.
 */
final class EmbeddedKafka {

    /** Logging of the broker's own process, a resource. */
    static final String LOGGING = "dev/sluice/deploy/embedded/kafka-node-log4j2.xml";

    private static final Duration START = Duration.ofSeconds(90);
    private static final Leash LEASH = new Leash("TERM", Duration.ofSeconds(6));

    private final Home home;
    private final Installation installation;
    private final int port;
    private final int controllerPort;

    private EmbeddedKafka(Home home, Installation installation, int port, int controllerPort) {
        this.home = home;
        this.installation = installation;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    static EmbeddedKafka prepare(Home home, Installation installation) {
        return new EmbeddedKafka(
                home,
                installation,
                Ports.remembered(home.kafka().resolve("port")),
                Ports.remembered(home.kafka().resolve("controller.port")));
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Launches the broker and waits until it serves. */
    Child start() {
        Path settings = home.kafka().resolve("server.properties");
        Path ready = home.kafka().resolve("ready");
        Path scratch = home.scratch().resolve("kafka");
        try {
            Files.deleteIfExists(ready);
            Files.createDirectories(scratch);
            try (OutputStream out = Files.newOutputStream(settings)) {
                settings().store(out, "written at every start");
            }
        } catch (IOException e) {
            throw HomeErrors.folder(home.kafka(), e);
        }
        List<String> program = new ArrayList<>(List.of(Installation.java(), "-Dsluice.child=kafka", "-Xmx256m"));
        program.addAll(StartArchive.flags(installation, Part.KAFKA));
        program.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + home.logs().resolve("kafka-crash.log"),
                "-Djava.io.tmpdir=" + scratch,
                "-Dlog4j2.configurationFile=" + LOGGING,
                "-cp",
                installation.brokerClassPath(),
                KafkaNode.class.getName(),
                settings.toString(),
                ready.toString()));
        Leash leash = StartArchive.leash(LEASH);
        Child child = Child.launch(new Child.Spec(
                Part.KAFKA.label(), program, Map.of(), home.kafka(), home.logs().resolve("kafka.log"), leash));
        child.awaitReady(() -> Files.exists(ready), START);
        return child;
    }

    private Properties settings() {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.setProperty("log.dirs", home.kafka().resolve("data").toString());
        // An acknowledged record is on disk: there is no replica that could have it instead.
        p.setProperty("log.flush.interval.messages", "1");
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("delete.topic.enable", "true");
        // A record that was not read yet must not be deleted; the creator of a topic sets its retention.
        p.setProperty("log.retention.ms", "-1");
        p.setProperty("message.max.bytes", Integer.toString(16 << 20));
        p.setProperty("replica.fetch.max.bytes", Integer.toString(16 << 20));
        p.setProperty("log.segment.bytes", Integer.toString(64 << 20));
        p.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        singleNode(p);
        return p;
    }

    private static void singleNode(Properties p) {
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            p.setProperty(topic + ".num.partitions", "1");
            p.setProperty(topic + ".replication.factor", "1");
        }
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "2");
        p.setProperty("background.threads", "2");
        p.setProperty("num.recovery.threads.per.data.dir", "1");
        // After a hard kill the controller waits for the old session to end before it takes the broker back.
        p.setProperty("broker.session.timeout.ms", "6000");
        p.setProperty("broker.heartbeat.interval.ms", "1000");
    }
}
