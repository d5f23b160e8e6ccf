package dev.sluice.cdc.capture.server;

import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds how much log the server keeps for the slot, also during a snapshot and while the engine waits
 * for a broker. Logs a warning when one begins, changes its kind or ends, and keeps the newest reading in a {@link
 * SlotSpaceFile}. A server that does not answer is no matter of this watch: capture itself reports the outage.
 *
 * <p>Has a thread and a connection of its own from {@link #start} until {@link #close}.
 */
public final class SlotWatch implements AutoCloseable {

    /** Time between two looks. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);

    private final PostgresDatabase database;
    private final Watched watched;
    private final SlotSpaceFile file;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(SlotWatch::thread);
    private final ScheduledFuture<?> looks;
    private @Nullable Connection connection;
    private SlotSpace.Concern told = SlotSpace.Concern.NONE;

    /**
     * What is watched.
     *
     * @param slot name of the slot
     * @param warnAt bytes of log from which on a person is warned
     */
    public record Watched(String slot, long warnAt) {}

    private SlotWatch(PostgresDatabase database, Watched watched, Path stateFolder, Duration every) {
        this.database = database;
        this.watched = watched;
        this.file = SlotSpaceFile.in(stateFolder);
        looks = thread.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins to watch; the first look is at once. */
    public static SlotWatch start(PostgresDatabase database, Watched watched, Path stateFolder, Duration every) {
        return new SlotWatch(database, watched, stateFolder, every);
    }

    private void look() {
        try {
            Optional<SlotSpace> space = SlotSpace.read(connected(), watched.slot(), Instant.now(), watched.warnAt());
            if (space.isPresent()) {
                tell(space.get());
                file.write(space.get());
            }
        } catch (SQLException | IllegalArgumentException noAnswer) {
            LOG.atDebug().log("The watch of the slot got no answer.");
            disconnect();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", file.file()).log("The reading of the slot could not be written.");
        }
    }

    private void tell(SlotSpace space) {
        if (space.concern() != told) {
            told = space.concern();
            space.warning()
                    .ifPresentOrElse(
                            text -> LOG.atWarn().addKeyValue("code", "CDC-054").log(text),
                            () -> LOG.atInfo().log(told.text()));
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = database.connect();
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException alreadyBroken) {
            LOG.atTrace().log("The connection of the watch was broken.");
        }
        connection = null;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "capture-slot-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks a last time and ends the watch; waits a moment for that look. */
    @Override
    public void close() {
        looks.cancel(false);
        thread.execute(this::look);
        thread.execute(this::disconnect);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.atDebug().log("The last look of the watch ends by itself.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
