package dev.sluice.cdc.capture.cut;

import dev.sluice.cdc.CaptureException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Compares the rows of a transaction, table by table, with the counts that its end names, so that a row which the
 * engine counted and did not deliver is noticed before the position is confirmed. Confined to one thread.
 */
public final class TransactionCounts {

    private final String transactions;
    private final Map<String, Long> rows = new TreeMap<>();

    /**
     * Counts the records of one run of the engine.
     *
     * @param transactions the topic with begin and end of transactions
     */
    public TransactionCounts(String transactions) {
        this.transactions = transactions;
    }

    /**
     * Takes the next record in order.
     *
     * @throws CaptureException {@code CDC-051} at the end of a transaction with another number of rows than it names
     */
    public void take(SourceRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return;
        }
        if (!transactions.equals(record.topic())) {
            if (value.schema().field("transaction") != null && value.getStruct("transaction") != null) {
                Struct source = value.getStruct("source");
                rows.merge(source.getString("schema") + "." + source.getString("table"), 1L, Long::sum);
            }
            return;
        }
        if ("END".equals(value.getString("status"))) {
            requireWhole(value);
        }
        rows.clear();
    }

    private void requireWhole(Struct end) {
        Map<String, Long> named = new TreeMap<>();
        List<Struct> tables = end.getArray("data_collections");
        if (tables != null) {
            tables.forEach(table -> named.put(table.getString("data_collection"), table.getInt64("event_count")));
        }
        if (!rows.equals(named)) {
            throw new CaptureException(
                    "CDC-051",
                    "The transaction " + end.getString("id") + " has " + named + " changes by its end, and the engine"
                            + " delivered " + rows + ". The position before it is kept, and capture reads the"
                            + " transaction again. When this does not pass, compare the tables with the source, and"
                            + " report the versions of server and engine.",
                    true,
                    null);
        }
    }
}
