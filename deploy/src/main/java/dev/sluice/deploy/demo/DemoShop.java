package dev.sluice.deploy.demo;

import dev.sluice.deploy.demo.shop.Chapter;
import dev.sluice.deploy.demo.shop.LiveShop;
import dev.sluice.deploy.demo.shop.ShopStory;
import dev.sluice.deploy.embedded.PostgresAccess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The sample shop of the demo: one story with one seed. The database remembers which parts were begun, so that a demo
 * that was killed goes on with the next part at its next start.
 */
final class DemoShop {

    private static final long SEED = 20261123;

    private final PostgresAccess postgres;

    DemoShop(PostgresAccess postgres) {
        this.postgres = postgres;
    }

    /** Makes the shop unless it is there. */
    void prepare() {
        with(owner -> {
            if (!exists(owner)) {
                new ShopStory(owner, SEED).prepare();
            }
        });
    }

    /** Plays all chapters that were not begun before. */
    void play() {
        with(owner -> {
            for (Chapter chapter : Chapter.values()) {
                if (begin(owner, chapter.name())) {
                    new ShopStory(owner, SEED).play(chapter);
                }
            }
        });
    }

    /** Does that once in the life of the database. */
    void once(String part, Runnable work) {
        with(owner -> {
            if (begin(owner, part)) {
                work.run();
            }
        });
    }

    /** Keeps the shop alive from now on. */
    LiveShop enliven() {
        return LiveShop.start(() -> postgres.connect(postgres.owner()), LiveShop.Pace.GENTLE);
    }

    private interface ShopWork {
        void on(Connection owner) throws SQLException;
    }

    private void with(ShopWork work) {
        try (Connection owner = postgres.connect(postgres.owner())) {
            work.on(owner);
        } catch (SQLException e) {
            throw DemoErrors.database(e);
        }
    }

    private static boolean exists(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('public.customers') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static boolean begin(Connection owner, String part) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS truth.story (part text PRIMARY KEY)");
        }
        try (PreparedStatement insert =
                owner.prepareStatement("INSERT INTO truth.story VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, part);
            return insert.executeUpdate() == 1;
        }
    }
}
