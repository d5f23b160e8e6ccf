package dev.sluice.deploy.demo.shop;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the shop's application does, verb by verb. Knows the living keys, so that every verb finds a row. Each verb is
 * part of a transaction of its {@link ShopSession}. One thread only.
 */
final class ShopWriter {

    private static final List<String> STATUS = List.of("placed", "paid", "shipped", "returned", "cancelled");
    private static final List<String> TIERS = List.of("bronze", "silver", "gold");

    final List<Long> customers = new ArrayList<>();
    final List<Long> orders = new ArrayList<>();
    final List<String> cards = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final ShopSession session;
    private final Invented invented;
    private long lastId;
    private boolean columnsAdded;

    private ShopWriter(ShopSession session, Invented invented) {
        this.session = session;
        this.invented = invented;
    }

    /** A writer that knows what is in the database now. */
    static ShopWriter of(ShopSession session, Invented invented) throws SQLException {
        ShopWriter writer = new ShopWriter(session, invented);
        session.column("SELECT id FROM customers ORDER BY id").forEach(id -> writer.customers.add(Long.valueOf(id)));
        session.column("SELECT id FROM orders ORDER BY id").forEach(id -> writer.orders.add(Long.valueOf(id)));
        writer.cards.addAll(session.column("SELECT pan FROM payment_cards ORDER BY pan"));
        writer.notes.addAll(session.column("SELECT id FROM support_notes ORDER BY id"));
        writer.lastId = Long.parseLong(
                session.column("SELECT greatest(0, (SELECT max(id) FROM customers), (SELECT max(id) FROM orders),"
                                + " (SELECT max(id) FROM scratch_carts))")
                        .get(0));
        writer.columnsAdded = !session.column("SELECT 1 FROM information_schema.columns WHERE table_schema = 'public'"
                        + " AND table_name = 'customers' AND column_name = 'nickname'")
                .isEmpty();
        return writer;
    }

    ShopSession session() {
        return session;
    }

    Invented invented() {
        return invented;
    }

    long nextId() {
        return ++lastId;
    }

    long newCustomer() throws SQLException {
        long id = nextId();
        session.insert(
                "INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)",
                id,
                invented.name(),
                invented.email(),
                invented.phone(),
                invented.birthDate(),
                invented.street(),
                invented.city(),
                invented.postcode(),
                invented.country(),
                invented.prefs(),
                invented.instant(),
                invented.time());
        customers.add(id);
        return id;
    }

    long newOrder(int items) throws SQLException {
        long id = nextId();
        insertOrder(id, invented.one(customers));
        for (int line = 1; line <= items; line++) {
            session.insert(
                    "INSERT INTO order_items VALUES (?, ?, ?, ?, ?)",
                    id,
                    line,
                    "SKU-" + (100 + invented.below(900)),
                    1 + invented.below(5),
                    invented.money(200));
        }
        orders.add(id);
        return id;
    }

    void insertOrder(long id, long customer) throws SQLException {
        session.insert(
                "INSERT INTO orders VALUES (?, ?, 'placed', ?, ?, ?)",
                id,
                customer,
                invented.money(5_000),
                invented.below(3) == 0 ? invented.complaint() : null,
                invented.instant());
    }

    void newNote() throws SQLException {
        UUID id = invented.uuid();
        session.insert(
                "INSERT INTO support_notes VALUES (?, ?, ?, ?, ?::text[], ?)",
                id,
                invented.one(customers),
                invented.below(2) == 0 ? "mail" : "phone",
                invented.complaint(),
                invented.below(2) == 0 ? "{delivery,\"late, again\"}" : "{}",
                invented.instant());
        notes.add(id.toString());
    }

    void newCard() throws SQLException {
        String pan = invented.card();
        insertCard(pan);
        cards.add(pan);
    }

    void insertCard(String pan) throws SQLException {
        session.insert(
                "INSERT INTO payment_cards VALUES (?, ?, ?, ?, ?)",
                pan,
                invented.one(customers),
                invented.name(),
                invented.expiry(),
                invented.below(4) == 0 ? null : invented.money(9_000));
    }

    void newCart() throws SQLException {
        long id = nextId();
        session.insert("INSERT INTO scratch_carts VALUES (?, ?, ?)", id, invented.one(customers), invented.cart());
    }

    void changeContact(long customer) throws SQLException {
        session.update(
                "UPDATE customers SET email = ?, phone = ?, updated_at = ? WHERE id = ?",
                invented.email(),
                invented.below(5) == 0 ? null : invented.phone(),
                invented.time(),
                customer);
    }

    void moveHouse(long customer) throws SQLException {
        session.update(
                "UPDATE customers SET street = ?, city = ?, postcode = ?, updated_at = ? WHERE id = ?",
                invented.street(),
                invented.city(),
                invented.postcode(),
                invented.time(),
                customer);
    }

    /** Changes only a column that the sample policy drops: nothing may change downstream but the version itself. */
    void correctStreet(long customer) throws SQLException {
        session.update("UPDATE customers SET street = ? WHERE id = ?", invented.street(), customer);
    }

    void touchCustomer(long customer) throws SQLException {
        session.update("UPDATE customers SET country = country WHERE id = ?", customer);
    }

    void advanceOrder(long order) throws SQLException {
        session.update(
                "UPDATE orders SET status = ?::order_status, total = total + ? WHERE id = ?",
                invented.one(STATUS),
                invented.money(10),
                order);
    }

    void changeQuantity(long order) throws SQLException {
        session.update(
                "UPDATE order_items SET quantity = ? WHERE order_id = ? AND line_no = 1", 1 + invented.below(9), order);
    }

    void changeLimit(String pan) throws SQLException {
        session.update("UPDATE payment_cards SET limit_amount = ? WHERE pan = ?", invented.money(9_000), pan);
    }

    void rewriteNote() throws SQLException {
        session.update(
                "UPDATE support_notes SET body = ? WHERE id = ?::uuid", invented.complaint(), invented.one(notes));
    }

    void deleteOrder(long order) throws SQLException {
        session.delete("DELETE FROM order_items WHERE order_id = ?", order);
        session.delete("DELETE FROM orders WHERE id = ?", order);
        orders.remove(order);
    }

    /** Fills the columns that were added; does nothing before. */
    void fillAddedColumns(long customer) throws SQLException {
        if (columnsAdded) {
            session.update(
                    "UPDATE customers SET loyalty_tier = ?, nickname = ? WHERE id = ?",
                    invented.one(TIERS),
                    invented.below(3) == 0 ? null : invented.nickname(),
                    customer);
        }
    }

    /** The two ADD COLUMN of the story: one that the sample policy classifies and one that it does not. */
    void addColumns() throws SQLException {
        if (columnsAdded) {
            return;
        }
        session.define("ALTER TABLE customers ADD COLUMN loyalty_tier text");
        session.define("ALTER TABLE customers ADD COLUMN nickname text");
        columnsAdded = true;
    }
}
