package dev.sluice.deploy.demo.shop;

/**
 * Counts what was committed, while it was done.
 *
 * @param transactions committed transactions that changed at least one row
 * @param inserts inserted rows
 * @param updates updated rows, with no-op updates and key changes
 * @param deletes deleted rows
 * @param truncates truncated tables
 * @param keyChanges those of the updates that changed the primary key; capture reports each as a delete and an insert
 */
public record Played(long transactions, long inserts, long updates, long deletes, long truncates, long keyChanges) {

    /** Nothing yet. */
    public static final Played NOTHING = new Played(0, 0, 0, 0, 0, 0);

    /** Row events: inserts, updates, deletes, and one for each truncated table. */
    public long events() {
        return inserts + updates + deletes + truncates;
    }

    /** Both together. */
    public Played plus(Played other) {
        return new Played(
                transactions + other.transactions,
                inserts + other.inserts,
                updates + other.updates,
                deletes + other.deletes,
                truncates + other.truncates,
                keyChanges + other.keyChanges);
    }
}
