package dev.sluice.deploy.embedded.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a child prints to its log file and starts the file anew when it is full: the file and its predecessor,
 * {@code .1}, are all that is kept. A thread of its own copies from the child's pipe until the child has closed it; a
 * log that cannot be written never stops the child.
 */
final class ChildLog {

    /** Largest size of the log file, and of its predecessor. */
    static final long MAX_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ChildLog.class);
    private static final int TAIL_BYTES = 64 << 10;
    private static final int BUFFER_BYTES = 8 << 10;

    private final String child;
    private final Path file;
    private final Thread copying;

    /** Used by the copying thread only, as the two below. */
    private @Nullable OutputStream out;

    private long size;
    private boolean failed;

    private ChildLog(String child, Path file, InputStream output) {
        this.child = child;
        this.file = file;
        copying = new Thread(() -> copy(output), "log-of-" + child);
        copying.setDaemon(true);
    }

    /** Copies from that stream to that file, from now on. */
    static ChildLog start(String child, Path file, InputStream output) {
        ChildLog log = new ChildLog(child, file, output);
        log.copying.start();
        return log;
    }

    /** The last lines; waits at most so long until everything that an ended child has printed is written. */
    List<String> tail(long millis) {
        try {
            copying.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return tail(file);
    }

    /** The last lines of a log file; only its end is read. */
    static List<String> tail(Path file) {
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(in.size(), TAIL_BYTES));
            in.position(in.size() - end.capacity());
            int read;
            do {
                read = in.read(end);
            } while (read >= 0 && end.hasRemaining());
            List<String> lines = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - ChildFailure.LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private void copy(InputStream output) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (output) {
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException ended) {
            LOG.atDebug().addKeyValue("child", child).log("The pipe of the child's output is closed.");
        } finally {
            close();
        }
    }

    /** Writes to the file; after a failure the next piece tries again with the file opened anew. */
    private void keep(byte[] bytes, int length) {
        try {
            if (size + length > MAX_BYTES) {
                close();
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            OutputStream open = open();
            open.write(bytes, 0, length);
            size += length;
        } catch (IOException e) {
            close();
            if (!failed) {
                failed = true;
                LOG.atWarn().setCause(e).addKeyValue("child", child).log("The log of a child cannot be written.");
            }
        }
    }

    private OutputStream open() throws IOException {
        OutputStream open = out;
        if (open == null) {
            open = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            out = open;
            size = Files.size(file);
        }
        return open;
    }

    private void close() {
        OutputStream open = out;
        out = null;
        size = 0;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).addKeyValue("child", child).log("The log of a child was not closed.");
        }
    }
}
