package dev.sluice.deploy.demo.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sample shop alive until it is closed: a few ordinary transactions a second, now and then a rollback, a
 * TRUNCATE of the scratch table, a key change, and after a while the two ADD COLUMN. It goes on after an outage of the
 * database. Markers are numbered from the clock, so two runs on one database never share one.
 */
public final class LiveShop implements AutoCloseable {

    /** Opens a connection as the shop's owner. */
    @FunctionalInterface
    public interface Connector {
        Connection connect() throws SQLException;
    }

    /**
     * How lively.
     *
     * @param pause time between two transactions
     * @param untilColumns time until the columns are added
     */
    public record Pace(Duration pause, Duration untilColumns) {

        /** Three transactions a second, new columns after three minutes. */
        public static final Pace GENTLE = new Pace(Duration.ofMillis(330), Duration.ofMinutes(3));
    }

    private static final Logger LOG = LoggerFactory.getLogger(LiveShop.class);
    private static final int RARE = 60;

    private final Connector connector;
    private final long columnsAt;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(LiveShop::thread);
    private final ScheduledFuture<?> turns;
    private volatile Played played = Played.NOTHING;
    private long turn;
    private @Nullable Connection connection;
    private @Nullable ShopWriter shop;

    private LiveShop(Connector connector, Pace pace) {
        this.connector = connector;
        columnsAt = System.nanoTime() + pace.untilColumns().toNanos();
        long millis = pace.pause().toMillis();
        turns = thread.scheduleWithFixedDelay(this::turn, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Starts on a prepared database (see {@link ShopStory#prepare}). */
    public static LiveShop start(Connector connector, Pace pace) {
        return new LiveShop(connector, pace);
    }

    /** What was committed up to now. */
    public Played played() {
        return played;
    }

    /** Stops after the transaction that runs now. */
    @Override
    public void close() {
        turns.cancel(false);
        stop(thread);
        disconnect();
    }

    private void turn() {
        try {
            ShopWriter writer = connected();
            next(writer);
            played = played.plus(writer.session().take());
        } catch (SQLException e) {
            LOG.atWarn().addKeyValue("sqlState", e.getSQLState()).log("The sample shop waits for its database.");
            disconnect();
        }
    }

    private void next(ShopWriter writer) throws SQLException {
        long number = ++turn;
        if (System.nanoTime() - columnsAt > 0) {
            writer.session().transaction(writer::addColumns);
        }
        switch ((int) (number % RARE)) {
            case 15 -> writer.session().rolledBack(() -> writer.correctStreet(writer.customers.get(0)));
            case 30 -> writer.session().transaction(() -> writer.session().truncate("scratch_carts"));
            case 45 -> changeKey(writer);
            default -> new Everyday(writer).transaction();
        }
    }

    private static void changeKey(ShopWriter writer) throws SQLException {
        ShopSession session = writer.session();
        long from = writer.orders.get(0);
        long to = writer.nextId();
        session.transaction(() -> {
            session.changeKey("UPDATE orders SET id = ? WHERE id = ?", to, from);
            session.changeKey("UPDATE order_items SET order_id = ? WHERE order_id = ?", to, from);
        });
        writer.orders.set(0, to);
    }

    private ShopWriter connected() throws SQLException {
        ShopWriter known = shop;
        if (known != null) {
            return known;
        }
        connection = connector.connect();
        long now = System.currentTimeMillis();
        shop = ShopWriter.of(new ShopSession(connection), new Invented(now, new Canary(now)));
        return shop;
    }

    private void disconnect() {
        shop = null;
        try (Connection closing = connection) {
            connection = null;
            LOG.atDebug().addKeyValue("open", closing != null).log("The sample shop disconnects.");
        } catch (SQLException e) {
            LOG.atDebug().addKeyValue("sqlState", e.getSQLState()).log("The connection was lost before.");
        }
    }

    private static void stop(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sample-shop");
        thread.setDaemon(true);
        return thread;
    }
}
