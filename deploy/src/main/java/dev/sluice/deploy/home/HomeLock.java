package dev.sluice.deploy.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second process out of a home. The operating system holds the lock on the file {@code .lock} and releases the
 * lock when the holder ends, however it ends. The file {@code sluice.pid} beside the lock names the holder (process,
 * start, machine boot) for messages and for {@code sluice stop}; it is removed with the lock. The holder owns scratch:
 * scratch is emptied when the lock is taken and when the lock is released.
 *
 * <p>Safe for use by several threads. Within one process a second {@link #acquire} of the same home is refused too.
 */
public final class HomeLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HomeLock.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    // A POSIX lock is lost when its process closes any descriptor of the file: a held file is never opened again here.
    private static final Pattern HOLDER = Pattern.compile("^pid (\\d+), started ([^,]+), ");
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Home home;
    private final FileChannel channel;

    private HomeLock(Home home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Takes the home for this process.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-110}, naming the other process, when the home is in use
     */
    public static HomeLock acquire(Home home) {
        if (!HELD.add(home.root())) {
            throw HomeErrors.inUse(home.root(), "this process, " + self());
        }
        boolean taken = false;
        try {
            HomeLock lock = new HomeLock(home, lock(home));
            home.wipeScratch();
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(home.root());
            }
        }
    }

    /** The home that is held. */
    public Home home() {
        return home;
    }

    /** Whether this process holds that home. */
    public static boolean isHeld(Home home) {
        return HELD.contains(home.root());
    }

    /**
     * Whether a process holds that home, as the pid file says. The answer is a snapshot: another process may take or
     * release the home a moment later.
     */
    public static boolean isTaken(Home home) {
        return process(home).isPresent();
    }

    /** The living process that holds that home, as the pid file says; empty when there is none. */
    public static Optional<ProcessHandle> process(Home home) {
        try {
            Matcher holder = HOLDER.matcher(Files.readString(pidFile(home)));
            return holder.find()
                    ? ProcessHandle.of(Long.parseLong(holder.group(1)))
                            .filter(ProcessHandle::isAlive)
                            .filter(process -> startOf(process).equals(holder.group(2)))
                    : Optional.empty();
        } catch (IOException noPidFile) {
            return Optional.empty();
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    /** Empties scratch and releases the home. Further calls do nothing. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            home.wipeScratch();
            Files.deleteIfExists(pidFile(home));
            channel.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("home", home.root()).log("The lock of the home could not be tidied up.");
        } finally {
            HELD.remove(home.root());
        }
    }

    private static FileChannel lock(Home home) {
        Path file = home.root().resolve(".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw HomeErrors.inUse(home.root(), holder(home));
            }
            Files.writeString(pidFile(home), self() + ", boot " + bootId() + "\n");
            return channel;
        } catch (IOException e) {
            throw HomeErrors.folder(file, e);
        }
    }

    private static String self() {
        ProcessHandle me = ProcessHandle.current();
        return "pid " + me.pid() + ", started " + me.info().startInstant().orElseGet(Instant::now);
    }

    private static String holder(Home home) {
        try {
            String text = Files.readString(pidFile(home)).trim();
            return "another process (" + (text.isEmpty() ? "just starting" : text) + ")";
        } catch (IOException justStartingOrEnding) {
            return "another process that is just starting or ending";
        }
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).trim();
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    private static Path pidFile(Home home) {
        return home.root().resolve("sluice.pid");
    }
}
