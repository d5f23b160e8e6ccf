package dev.sluice.deploy.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports that stay the same from start to start. A port is chosen free at the first start, remembered in
 * a file and used again while it is free. It is chosen below the range that Linux hands out to outgoing connections, so
 * that a connection of another program does not take it between two starts.
 */
public final class Ports {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;

    private Ports() {}

    /** The port remembered in that file if it is free, else a new one that is remembered there from now on. */
    public static int remembered(Path file) {
        int known = read(file);
        if (known > 0 && free(known)) {
            return known;
        }
        int chosen = choose();
        try {
            Files.writeString(file, chosen + "\n");
        } catch (IOException e) {
            throw ProcessErrors.folder(file, e);
        }
        return chosen;
    }

    /** Whether a server could listen on that loopback port now. */
    public static boolean free(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int choose() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (free(port)) {
                return port;
            }
        }
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw ProcessErrors.noPort(TRIES, e);
        }
    }

    private static int read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
            return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        } catch (IOException none) {
            return 0;
        }
    }
}
