package dev.sluice.deploy.e2e;

import java.util.Map;

/**
 * One version of a row.
 *
 * @param row the canonical texts of the columns that are not null
 * @param from the moment from which it holds; empty when it was read by the snapshot
 * @param to the moment at which it ends; empty while it holds
 * @param transaction the identifier of the transaction that made it; empty when it was read by the snapshot
 */
record WorkloadVersion(Map<String, String> row, String from, String to, String transaction) {

    WorkloadVersion until(String moment) {
        return new WorkloadVersion(row, from, moment, transaction);
    }
}
