package dev.sluice.deploy.demo.shop;

import java.sql.SQLException;

/** One ordinary transaction of the shop, drawn by weight. */
final class Everyday {

    private static final int MIN_CUSTOMERS = 20;

    private final ShopWriter shop;

    Everyday(ShopWriter shop) {
        this.shop = shop;
    }

    /** Commits one transaction with one to six row changes. */
    void transaction() throws SQLException {
        shop.session().transaction(this::draw);
    }

    private void draw() throws SQLException {
        int dice = shop.invented().below(100);
        if (dice < 30) {
            shop.newOrder(1 + shop.invented().below(4));
        } else if (dice < 65) {
            change(dice);
        } else if (dice < 80) {
            signUp();
        } else {
            service(dice);
        }
    }

    private void change(int dice) throws SQLException {
        if (dice < 45) {
            shop.advanceOrder(anOrder());
        } else if (dice < 52) {
            shop.changeContact(aCustomer());
        } else if (dice < 58) {
            shop.moveHouse(aCustomer());
        } else if (dice < 61) {
            shop.changeLimit(shop.invented().one(shop.cards));
        } else {
            shop.fillAddedColumns(aCustomer());
            shop.changeQuantity(anOrder());
        }
    }

    private void signUp() throws SQLException {
        long customer = shop.newCustomer();
        shop.newCard();
        shop.fillAddedColumns(customer);
    }

    private void service(int dice) throws SQLException {
        if (dice < 86) {
            shop.newNote();
        } else if (dice < 90) {
            shop.rewriteNote();
        } else if (dice < 95) {
            shop.newCart();
        } else if (shop.orders.size() > MIN_CUSTOMERS) {
            shop.deleteOrder(anOrder());
        } else {
            shop.newOrder(2);
        }
    }

    private long aCustomer() {
        return shop.invented().one(shop.customers);
    }

    private long anOrder() {
        return shop.invented().one(shop.orders);
    }
}
