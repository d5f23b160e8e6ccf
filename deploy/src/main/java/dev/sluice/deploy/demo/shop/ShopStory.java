package dev.sluice.deploy.demo.shop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Plays a fixed story over the sample shop: the same seed on an empty database gives the same rows, keys and order of
 * transactions. Told whole, {@link #prepare} and every {@link Chapter} in order, it commits more than 2,000 row events
 * in more than 200 transactions after the preparation. One thread only; the connection belongs to the caller.
 */
public final class ShopStory {

    private static final int SEED_CUSTOMERS = 120;
    private static final int SEED_ORDERS = 150;
    private static final int SEED_CARDS = 60;
    private static final int SEED_NOTES = 50;
    private static final int SEED_CARTS = 12;
    private static final int EVERYDAY_TRANSACTIONS = 320;

    private final Connection owner;
    private final long seed;

    /** A story that writes as the shop's owner. */
    public ShopStory(Connection owner, long seed) {
        this.owner = owner;
        this.seed = seed;
    }

    /** Creates schema, grants, publication and truth table, and the rows that a snapshot sees. */
    public Played prepare() {
        return tell("it was prepared", 0, (session, none) -> {
            session.define(resource());
            ShopWriter shop = writer(session, 0);
            seedRows(shop);
        });
    }

    /** Plays one chapter on what is in the database now. */
    public Played play(Chapter chapter) {
        int part = chapter.number();
        return tell("chapter " + chapter + " was played", part, (session, number) -> {
            ShopWriter shop = writer(session, number);
            switch (chapter) {
                case EVERYDAY -> everyday(shop, EVERYDAY_TRANSACTIONS);
                case SAME_ROW -> sameRow(shop);
                case KEYS -> keys(shop);
                case BULK -> bulk(shop);
                case NEW_COLUMNS -> newColumns(shop);
            }
        });
    }

    private interface Telling {
        void run(ShopSession session, int part) throws SQLException;
    }

    private Played tell(String doing, int part, Telling telling) {
        ShopSession session = new ShopSession(owner);
        try {
            telling.run(session, part);
            return session.take();
        } catch (SQLException e) {
            throw ShopErrors.database(doing, e);
        }
    }

    /** Markers and dice of each part are its own, so a part does not depend on the process that told the one before. */
    private ShopWriter writer(ShopSession session, int part) throws SQLException {
        Canary canary = new Canary(1 + ((long) part << 20));
        return ShopWriter.of(session, new Invented(seed * 31 + part, canary));
    }

    private static void seedRows(ShopWriter shop) throws SQLException {
        shop.session().transaction(() -> {
            for (int i = 0; i < SEED_CUSTOMERS; i++) {
                shop.newCustomer();
            }
        });
        shop.session().transaction(() -> {
            for (int i = 0; i < SEED_ORDERS; i++) {
                shop.newOrder(1 + i % 3);
            }
        });
        shop.session().transaction(() -> {
            for (int i = 0; i < SEED_CARDS; i++) {
                shop.newCard();
            }
            for (int i = 0; i < SEED_NOTES; i++) {
                shop.newNote();
            }
            for (int i = 0; i < SEED_CARTS; i++) {
                shop.newCart();
            }
        });
    }

    private static void everyday(ShopWriter shop, int transactions) throws SQLException {
        Everyday everyday = new Everyday(shop);
        for (int i = 0; i < transactions; i++) {
            everyday.transaction();
        }
    }

    private static void sameRow(ShopWriter shop) throws SQLException {
        for (int i = 0; i < 10; i++) {
            long customer = shop.customers.get(i * 7);
            shop.session().transaction(() -> {
                for (int n = 0; n < 5; n++) {
                    shop.changeContact(customer);
                }
            });
        }
        for (int i = 0; i < 5; i++) {
            long order = shop.orders.get(i * 11);
            for (int n = 0; n < 8; n++) {
                shop.session().transaction(() -> shop.advanceOrder(order));
            }
        }
    }

    private static void keys(ShopWriter shop) throws SQLException {
        ShopSession session = shop.session();
        for (int i = 0; i < 6; i++) {
            String pan = shop.cards.get(i);
            session.transaction(() -> session.delete("DELETE FROM payment_cards WHERE pan = ?", pan));
            session.transaction(() -> shop.insertCard(pan));
        }
        for (int i = 0; i < 6; i++) {
            long order = shop.orders.get(20 + i);
            session.transaction(() -> {
                session.delete("DELETE FROM orders WHERE id = ?", order);
                shop.insertOrder(order, shop.customers.get(0));
                shop.advanceOrder(order);
            });
        }
        for (int i = 0; i < 5; i++) {
            long from = shop.orders.get(40 + i);
            long to = shop.nextId();
            session.transaction(() -> {
                session.changeKey("UPDATE orders SET id = ?, status = 'paid' WHERE id = ?", to, from);
                session.changeKey("UPDATE order_items SET order_id = ? WHERE order_id = ?", to, from);
            });
            shop.orders.set(40 + i, to);
            session.transaction(() -> shop.advanceOrder(to));
        }
    }

    private static void bulk(ShopWriter shop) throws SQLException {
        ShopSession session = shop.session();
        session.transaction(() -> session.update("UPDATE orders SET total = total * 1.02 WHERE status <> 'cancelled'"));
        session.transaction(() -> session.update("UPDATE order_items SET unit_price = unit_price + 0.01"));
        session.rolledBack(() -> {
            shop.changeContact(shop.customers.get(3));
            session.delete("DELETE FROM orders WHERE id % 2 = 0");
            shop.newCustomer();
        });
        shop.customers.remove(shop.customers.size() - 1);
        for (int i = 0; i < 5; i++) {
            long customer = shop.customers.get(i);
            session.transaction(() -> shop.touchCustomer(customer));
            session.transaction(() -> shop.correctStreet(customer));
        }
        session.transaction(() -> session.truncate("scratch_carts"));
        session.transaction(() -> {
            for (int i = 0; i < 5; i++) {
                shop.newCart();
            }
        });
    }

    private static void newColumns(ShopWriter shop) throws SQLException {
        shop.session().transaction(shop::addColumns);
        for (int i = 0; i < 20; i++) {
            long customer = shop.customers.get(i * 3);
            shop.session().transaction(() -> shop.fillAddedColumns(customer));
        }
        everyday(shop, 20);
    }

    private static String resource() {
        String name = "shop.sql";
        try (InputStream in = ShopStory.class.getResourceAsStream(name)) {
            if (in == null) {
                throw ShopErrors.resource(name, new IOException("not on the class path"));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ShopErrors.resource(name, e);
        }
    }
}
