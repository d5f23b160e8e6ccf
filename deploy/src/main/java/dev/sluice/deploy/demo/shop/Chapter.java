package dev.sluice.deploy.demo.shop;

/** Names the chapters of {@link ShopStory}, in the order in which they are told. */
public enum Chapter {
    /** Orders, sign-ups, address changes, deletions: one to six rows a transaction. */
    EVERYDAY(1),
    /** Many updates of one row, in one transaction and in transactions that follow each other. */
    SAME_ROW(2),
    /** Deletes followed by inserts of the same key, and changes of primary keys. */
    KEYS(3),
    /** Updates of many rows, a rollback, a no-op update, a change of dropped columns only, TRUNCATE. */
    BULK(4),
    /** ADD COLUMN twice, then changes that fill the new columns. */
    NEW_COLUMNS(5);

    private final int number;

    Chapter(int number) {
        this.number = number;
    }

    /** Its place in the story, from 1. */
    int number() {
        return number;
    }
}
