package dev.sluice.deploy.bench;

import org.jspecify.annotations.Nullable;

/**
 * One change of one row.
 *
 * @param op Debezium's letter: r, c, u or d
 * @param id key
 * @param before the row before, null when there was none
 * @param after the row after, null when there is none
 * @param place where it stands in the source
 */
record Change(String op, long id, Customers.@Nullable State before, Customers.@Nullable State after, Place place) {

    /**
     * Where a change stands in the source.
     *
     * @param lsn position in the log, different for every streamed change
     * @param committedMicros commit time of its transaction
     * @param transaction number of its transaction
     * @param order place in its transaction, from 1
     */
    record Place(long lsn, long committedMicros, long transaction, int order) {}
}
