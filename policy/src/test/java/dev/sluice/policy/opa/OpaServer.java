package dev.sluice.policy.opa;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real {@code opa run --server} on a free port of the loopback interface. */
final class OpaServer implements AutoCloseable {

    private final Process process;
    private final int port;

    private OpaServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static OpaServer start(Path work, String... arguments) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                binary().path().toString(),
                "run",
                "--server",
                "--addr=127.0.0.1:" + port,
                "--disable-telemetry",
                "--log-level=error"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("opa-" + port + ".log").toFile())
                .start();
        OpaServer server = new OpaServer(process, port);
        await().atMost(Duration.ofSeconds(30)).until(server::listens);
        return server;
    }

    /** The opa of this machine; without it these tests cannot say anything. */
    static OpaBinary binary() {
        return OpaBinary.find().orElseThrow(() -> new AssertionError(OpaBinary.howToInstall()));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("opa ended with exit " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
