package dev.sluice.deploy.embedded;

import dev.sluice.deploy.embedded.process.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.awaitility.Awaitility;

/** A broker in this JVM that asks every client for a login; it runs until the JVM ends. */
public final class SecuredBroker {

    private SecuredBroker() {}

    /** Starts the broker on a new folder for one user, and returns its address when it serves. */
    public static String start(Path folder, String user, String password) throws IOException {
        int port = Ports.remembered(folder.resolve("port"));
        int controller = Ports.remembered(folder.resolve("controller.port"));
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("listeners", "SASL_PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        p.setProperty("advertised.listeners", "SASL_PLAINTEXT://127.0.0.1:" + port);
        p.setProperty("listener.security.protocol.map", "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("inter.broker.listener.name", "SASL_PLAINTEXT");
        p.setProperty("sasl.enabled.mechanisms", "PLAIN");
        p.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
        p.setProperty(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + password + "\" user_" + user + "=\"" + password + "\";");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controller);
        p.setProperty("log.dirs", folder.resolve("data").toString());
        p.setProperty("offsets.topic.num.partitions", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("log.cleaner.enable", "false");
        Path settings = folder.resolve("server.properties");
        Path ready = folder.resolve("ready");
        try (OutputStream out = Files.newOutputStream(settings)) {
            p.store(out, "");
        }
        Thread broker = new Thread(() -> run(settings, ready), "secured-broker");
        broker.setDaemon(true);
        broker.start();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(ready));
        return "127.0.0.1:" + port;
    }

    private static void run(Path settings, Path ready) {
        try {
            KafkaNode.main(new String[] {settings.toString(), ready.toString()});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
