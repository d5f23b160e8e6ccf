package dev.sluice.audit.event;

import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that a batch was written. An entry is limited to 64 KiB. When a batch has more than {@value #LISTED} ranges
 * or tables, {@link BatchContinued} leaves directly before this one hold both lists, and the lists of this receipt are
 * empty. One append writes all leaves of a batch.
 *
 * @param at time of recording
 * @param receipt the receipt of the sinks
 * @param parts number of leaves before this one that belong to the batch
 */
public record BatchRecorded(Instant at, Receipt receipt, int parts) implements LedgerEvent {
    static final String TYPE = "batch";

    /** Largest number of ranges or tables in one leaf. */
    public static final int LISTED = 50;

    public BatchRecorded {
        at = LedgerEvent.time(at);
    }

    /** Returns the events that record a batch; the batch leaf is the last one. */
    public static List<LedgerEvent> of(Instant at, Receipt receipt) {
        List<SourceRange> ranges = receipt.ranges();
        List<TableCommit> tables = receipt.tables();
        if (ranges.size() <= LISTED && tables.size() <= LISTED) {
            return List.of(new BatchRecorded(at, receipt, 0));
        }
        List<LedgerEvent> events = new ArrayList<>();
        for (int from = 0; from < ranges.size(); from += LISTED) {
            List<SourceRange> some = ranges.subList(from, Math.min(ranges.size(), from + LISTED));
            events.add(new BatchContinued(at, receipt.batch(), events.size() + 1, some, List.of()));
        }
        for (int from = 0; from < tables.size(); from += LISTED) {
            List<TableCommit> some = tables.subList(from, Math.min(tables.size(), from + LISTED));
            events.add(new BatchContinued(at, receipt.batch(), events.size() + 1, List.of(), some));
        }
        events.add(new BatchRecorded(at, with(receipt, List.of(), List.of()), events.size()));
        return events;
    }

    /** Returns the receipt together with the ranges and tables of the parts. */
    public Receipt joined(List<BatchContinued> continued) {
        List<SourceRange> ranges = new ArrayList<>(receipt.ranges());
        List<TableCommit> tables = new ArrayList<>(receipt.tables());
        for (BatchContinued part : continued) {
            ranges.addAll(part.ranges());
            tables.addAll(part.tables());
        }
        return with(receipt, ranges, tables);
    }

    private static Receipt with(Receipt receipt, List<SourceRange> ranges, List<TableCommit> tables) {
        return new Receipt(receipt.batch(), ranges, receipt.counts(), receipt.seen(), tables, receipt.deadLetters());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> body() {
        Map<String, Object> body = new TreeMap<>(ReceiptBody.of(receipt));
        body.put("parts", parts);
        return body;
    }

    static BatchRecorded read(Instant at, Fields fields) {
        return new BatchRecorded(at, ReceiptBody.read(fields), fields.count("parts"));
    }
}
